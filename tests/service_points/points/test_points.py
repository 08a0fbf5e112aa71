"""Service points as the office keeps them and everybody finds them (R13)."""

import json
from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils.timezone import localdate
from shapely import LineString

from shige.matters import clock
from shige.service_points.models import Closure, ServicePoint
from shige.service_points.points.commands import (
    PointIn,
    add_offer,
    add_point,
    change_point,
    close_for,
    end_offer,
    end_point,
    open_again,
    set_hours,
)
from shige.service_points.points.queries import PointFilter, point_seen, points_near, public_points
from shige.territory.models import Feature
from shige.territory.shapes import box_of, wkb
from shige.trust.models import JournalEntry
from shige.trust.veil import veiled
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import OUTSIDE, STEP, Town, build

pytestmark = pytest.mark.django_db

ALL_DAY = (((time(0), time(23, 59)),),) * 7


@pytest.fixture
def town() -> Town:
    """Return the town of the tests."""
    return build()


def told(town: Town, grid: str = "micro", **more: object) -> PointIn:
    """Return what the office says of a point in a grid."""
    place = town.place(grid)
    given = {
        "kind": "station",
        "name": f"{grid}驿站",
        "access": "step_free",
        "lon": place.lon,
        "lat": place.lat,
    }
    return PointIn(**(given | more))  # type: ignore[arg-type]


def opened(town: Town, grid: str = "micro", **more: object) -> ServicePoint:
    """Open a point in a grid of the east."""
    return add_point(town.viewer("street_officer"), told(town, grid, **more))


def way(town: Town, kind: str, grade: str, *ends: tuple[float, float]) -> None:
    """Draw a line on the imported ground."""
    line = LineString(ends)
    Feature.objects.create(
        kind=kind, grade=grade, street=town.areas["street"], shape=wkb(line), box=box_of(line)
    )


def test_a_point_is_opened_and_found_by_everybody(town: Town) -> None:
    point = opened(town, about="饮水、充电", capacity=20, telephone="028-8666 0000")
    set_hours(town.viewer("street_officer"), point.pk, ALL_DAY)
    add_offer(town.viewer("street_officer"), point.pk, "饮水", "免费")
    found = point_seen(point.pk)
    assert found is not None and found.point.opening.open and found.point.offers == ("饮水",)
    assert found.week == ("00:00-24:00",) * 7 and found.point.community == "east"
    assert [row.name for row in public_points(PointFilter(text="饮水", open_now=True))[0]] == ["micro驿站"]
    assert public_points(PointFilter(text="没有"))[0] == []
    verbs = JournalEntry.objects.filter(object_type="service_point").order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "service_point.added", "service_point.hours_set", "service_point.offer_added",
    ]  # fmt: skip


def test_what_a_notice_says_may_be_said(town: Town) -> None:
    office, point = (
        town.viewer("street_officer"),
        opened(town, about="二楼203室，预约电话 028-86512345 转 801"),
    )
    add_offer(office, point.pk, "李医生坐诊", "2楼5号窗口，每周二")
    with pytest.raises(ValidationError):
        add_offer(office, point.pk, "调解", "加微信 13800138000")


def test_an_address_that_was_found_goes_with_its_place(town: Town) -> None:
    office, point = town.viewer("street_officer"), opened(town)
    found, other = point.place, town.place("micro2")
    moved = told(town, place=found, lon=other.lon, lat=other.lat)
    assert change_point(office, point.pk, moved).place != found
    named = change_point(office, point.pk, told(town, place="玉兰广场东侧"))
    assert named.place == "玉兰广场东侧"
    assert change_point(office, point.pk, told(town, "micro2", place="玉兰广场东侧")).place == "玉兰广场东侧"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "palace"}, "kind"),
        ({"access": ""}, "access"),
        ({"name": " "}, "name"),
        ({"lon": None}, "point"),
        ({"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}, "point"),
        ({"about": "找王师傅，电话13800138000"}, "about"),
        ({"telephone": "12"}, "telephone"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(
    town: Town, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        opened(town, **wrong)
    assert field in error.value.message_dict and not ServicePoint.objects.exists()


def test_each_office_keeps_its_own(town: Town) -> None:
    east, west = town.viewer("community_chief"), town.viewer("community_chief2")
    point = add_point(east, told(town))
    with pytest.raises(ValidationError, match="point"):
        add_point(west, told(town))
    for act in (
        lambda: end_point(west, point.pk),
        lambda: set_hours(west, point.pk, ALL_DAY),
        lambda: add_offer(west, point.pk, "饮水"),
        lambda: add_point(town.viewer("micro_worker"), told(town)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    end_point(east, point.pk)
    assert point_seen(point.pk) is None
    with pytest.raises(PermissionDenied):
        end_point(east, point.pk)


def test_days_on_which_it_is_closed(town: Town) -> None:
    office, day = town.viewer("street_officer"), localdate(clock.now())
    point = opened(town)
    set_hours(office, point.pk, ALL_DAY)
    closure = close_for(office, point.pk, day, day + timedelta(days=1), "装修")
    found = point_seen(point.pk)
    assert found is not None and not found.point.opening.open and found.point.opening.reason == "装修"
    for first, last in ((day + timedelta(days=1), day + timedelta(days=3)), (day, day - timedelta(days=1))):
        with pytest.raises(ValidationError):
            close_for(office, point.pk, first, last, "装修")
    with pytest.raises(ValidationError):
        close_for(office, point.pk, day + timedelta(days=5), day + timedelta(days=500), "装修")
    with pytest.raises(IntegrityError), transaction.atomic():
        days = DateRange(day + timedelta(days=1), day + timedelta(days=9))
        Closure.objects.create(point=point, days=days, reason="两次")
    open_again(office, point.pk, closure.pk)
    found = point_seen(point.pk)
    assert found is not None and found.point.opening.open
    with pytest.raises(PermissionDenied):
        open_again(office, point.pk, closure.pk)


def test_an_offer_stands_once(town: Town) -> None:
    office, point = town.viewer("street_officer"), opened(town)
    offer = add_offer(office, point.pk, "理发")
    with pytest.raises(ValidationError):
        add_offer(office, point.pk, "理发")
    end_offer(office, point.pk, offer.pk)
    add_offer(office, point.pk, "理发")
    found = point_seen(point.pk)
    assert found is not None and [one.name for one in found.offers] == ["理发"]


def test_the_circle_is_straight_where_no_ways_are_known(town: Town) -> None:
    near, far = opened(town, "micro"), opened(town, "micro3")
    place = town.place("micro2")
    found = points_near(place.lon or 0, place.lat or 0)
    assert not found.by_ways and [row.pk for row in found.points] == [near.pk, far.pk]
    minutes = [row.minutes or 0 for row in found.points]
    assert 2.4 < minutes[0] < 3.0 and 4.9 < minutes[1] < 5.7  # 193 m and 386 m at 1.2 m/s


def test_the_circle_goes_around_a_river(town: Town) -> None:
    near, far = opened(town, "micro"), opened(town, "micro3")
    place = town.place("micro2")
    bank = 104.0 + 2.5 * STEP
    way(town, "barrier", "river", (bank, 29.9), (bank, 30.1))
    found = points_near(place.lon or 0, place.lat or 0)
    assert found.by_ways and [row.pk for row in found.points] == [near.pk]
    way(town, "path", "", (bank - STEP, 30.003), (bank + STEP, 30.003))
    found = points_near(place.lon or 0, place.lat or 0)
    assert [row.pk for row in found.points] == [near.pk, far.pk]
    assert (found.points[1].minutes or 0) > 6.5


def test_the_pages_of_the_office(town: Town) -> None:
    office, place = signed_in(town, "community_chief"), town.place("micro")
    form = {
        "kind": "centre",
        "name": "东社区党群服务中心",
        "access": "steps",
        "lon": place.lon,
        "lat": place.lat,
    }
    assert office.post("/office/service-points/new/", form | {"access": ""}).status_code == 422
    url = office.post("/office/service-points/new/", form)["Location"]
    week = {f"day_{day}": "9:00-12:00、13:30至17:30" for day in range(1, 6)}
    assert office.post(f"{url}hours/", week | {"day_6": "上午"}).status_code == 422
    assert office.post(f"{url}hours/", week).status_code == 302
    assert office.post(f"{url}offers/", {"name": "", "note": ""}).status_code == 422
    assert office.post(f"{url}offers/", {"name": "法律咨询", "note": "周四"}).status_code == 302
    day = localdate(clock.now()) + timedelta(days=3)
    assert office.post(f"{url}closures/", {"first": day, "last": day, "reason": "装修"}).status_code == 302
    page = office.get(url).content.decode()
    assert "法律咨询" in page and "09:00-12:00, 13:30-17:30" in page and "装修" in page
    assert office.post(f"{url}change/", form | {"name": "东社区服务中心"}).status_code == 302
    assert "东社区服务中心" in office.get("/office/service-points/?kind=centre").content.decode()
    assert "东社区服务中心" not in office.get("/office/service-points/?kind=idle").content.decode()
    other = signed_in(town, "community_chief2")
    assert "东社区" not in other.get("/office/service-points/").content.decode()
    assert other.get(url).status_code == other.post(f"{url}end/").status_code == 404
    assert signed_in(town, "micro_worker").get(url).status_code == 403
    assert office.post(f"{url}end/").status_code == 302
    assert office.post(f"{url}end/").status_code == 302  # pressed twice
    assert "hours/" not in office.get(url).content.decode()
    assert "东社区" in office.get("/office/service-points/?ended=on").content.decode()


def test_the_pages_of_everybody(town: Town) -> None:
    point = opened(town)
    set_hours(town.viewer("street_officer"), point.pk, ALL_DAY)
    stranger, place = Client(), town.place("micro2")
    assert "micro驿站" in stranger.get("/services/").content.decode()
    assert "micro驿站" in stranger.get(f"/services/{veiled('key', str(point.pk))}/").content.decode()
    at = {"lon": place.lon, "lat": place.lat}
    assert "micro驿站" in stranger.post("/services/near/", at).content.decode()
    assert "micro驿站" in stranger.get("/services/near/?b=u-micro2").content.decode()
    assert stranger.post("/services/near/", {"lon": 900, "lat": 1}).status_code == 422
    end_point(town.viewer("street_officer"), point.pk)
    assert stranger.get(f"/services/{veiled('key', str(point.pk))}/").status_code == 404


def test_a_long_list_goes_on_where_it_ended(town: Town) -> None:
    for number in range(35):
        opened(town, name=f"第{number}驿站")
    page = Client().get("/api/v1/public/service-points").json()
    rest = Client().get("/api/v1/public/service-points", {"after": page["next"]}).json()
    names = [row["name"] for row in page["items"] + rest["items"]]
    assert names == [f"第{number}驿站" for number in range(35)] and rest["next"] is None
    assert Client().get("/api/v1/public/service-points", {"after": "7"}).json() == page


def test_programs_of_the_office(town: Town) -> None:
    office, place = signed_in(town, "community_chief"), town.place("micro")

    def send(url: str, **given: object) -> dict[str, object]:
        answer = office.post(f"/api/v1/service-points{url}", json.dumps(given), "application/json")
        assert answer.status_code in (200, 201), answer.content
        return answer.json()  # type: ignore[no-any-return]

    assert {field["name"] for field in office.get("/api/v1/service-points/new").json()} >= {"kind", "access"}
    made = send("", kind="station", name="驿站", access="helped", lon=place.lon, lat=place.lat)
    one = f"/{made['id']}"
    assert send(f"{one}/hours", week=["9-12"] * 5 + ["", ""])["week"] == ["09:00-12:00"] * 5 + ["", ""]
    day = localdate(clock.now()).isoformat()
    closed = send(f"{one}/closures", first=day, last=day, reason="装修")["closures"]
    assert send(f"{one}/closures/{closed[0]['id']}/end")["closures"] == []  # type: ignore[index]
    offered = send(f"{one}/offers", name="饮水")["offered"]
    assert send(f"{one}/offers/{offered[0]['id']}/end")["offered"] == []  # type: ignore[index]
    changed = send(
        f"{one}/change", kind="shared", name="活动室", access="steps", lon=place.lon, lat=place.lat
    )
    assert changed["kind_name"] == "共享空间"
    near = Client().get("/api/v1/public/service-points/near", {"lon": place.lon, "lat": place.lat}).json()
    assert [row["name"] for row in near["items"]] == ["活动室"] and near["minutes"] == 15
    assert Client().get(f"/api/v1/public/service-points{one}").json()["name"] == "活动室"
    assert signed_in(town, "community_chief2").get(f"/api/v1/service-points{one}").status_code == 404
    assert signed_in(town, "micro_worker").get("/api/v1/service-points").status_code == 403
    assert Client().get("/api/v1/service-points").status_code == 401
    assert send(f"{one}/end")["ended_on"] == day
