"""The console's map, plans and imports in a person's hands."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from shige.territory.deferred import MAKE_TILES, defer
from shige.territory.models import Area, Building, GridVersion, Plan
from shige.territory.plans.commands.proposal import draw_plan, propose_plan
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment
from shige.trust.queries import today
from shige.trust.templatetags.veils import veil
from tests.places import SINCE

from ..conftest import SignIn, first_of, person_with
from ..ground import ONE, collection, unit, units


def test_the_map_lists_grids_with_their_figures(divided: Plan, sign_in: SignIn) -> None:
    page = sign_in("street_officer", divided.scope).get("/map/").content.decode()
    assert first_of("community").code in page
    assert 'id="map-config"' in page and "/tiles/grids/" in page
    assert "岗位空缺" in page


def test_the_map_says_that_it_is_being_drawn_until_it_is(divided: Plan, sign_in: SignIn) -> None:
    client = sign_in("street_officer", divided.scope)
    defer(MAKE_TILES, "grids", kind="grids")
    assert "正在按最新网格绘制地图" in client.get("/map/").content.decode()
    assert client.get("/map/?drawing").status_code == 204
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    assert "正在按最新网格绘制地图" not in client.get("/map/").content.decode()
    assert client.get("/map/?drawing")["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("query", "level"),
    [("level=micro", "micro"), ("level=exclusive", "exclusive"), ("text=示例市场", "exclusive")],
)
def test_the_list_is_filtered(divided: Plan, sign_in: SignIn, query: str, level: str) -> None:
    rows = sign_in("street_officer", divided.scope).get(f"/map/?{query}").context["rows"]
    assert rows and {row.level for row in rows} == {level}


def test_vacant_grids_are_those_without_a_primary(divided: Plan, sign_in: SignIn) -> None:
    person_with("micro_worker", first_of("micro"))
    rows = sign_in("street_officer", divided.scope).get("/map/?level=micro&vacant=on").context["rows"]
    assert first_of("micro").code not in [row.code for row in rows]
    assert len(rows) == GridVersion.objects.filter(level="micro").count() - 1


def test_the_list_takes_the_same_statements_however_long(
    divided: Plan, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("street_officer", divided.scope)
    with django_assert_max_num_queries(14):
        client.get("/map/")


def test_the_list_keeps_to_the_street_where_one_works(divided: Plan, sign_in: SignIn) -> None:
    elsewhere = Area.objects.create(
        kind="division", level="street", code="990101009000", name="别处街道", sort_key="x"
    )
    assert sign_in("street_officer", elsewhere).get("/map/").context["rows"] == []


def test_a_detail_names_who_looks_after_the_grid(divided: Plan, sign_in: SignIn) -> None:
    grid = first_of("micro")
    busy = person_with("micro_worker", grid)
    Appointment.objects.create(
        person=busy, post=person_post(first_of("general")), valid=SINCE, kind=Appointment.Kind.DEPUTY
    )
    client = sign_in("street_officer", divided.scope)
    fragment = client.get(f"/map/grids/{grid.code}/", headers={"HX-Request": "true"}).content.decode()
    assert busy.service_name in fragment and "兼任" in fragment
    assert "<html" not in fragment
    assert "<html" in client.get(f"/map/grids/{grid.code}/").content.decode()


def person_post(area: Area) -> Any:
    return person_with("fulltime_worker", area).appointments.get().post


def test_a_grid_that_is_not_there_is_not_found(divided: Plan, sign_in: SignIn) -> None:
    assert sign_in("street_officer", divided.scope).get("/map/grids/990101001001299999/").status_code == 404


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("micro_worker", "/map/", 200),
        ("micro_worker", "/plans/", 403),
        ("micro_worker", "/import/", 403),
        ("community_chief", "/plans/", 200),
        ("community_chief", "/import/", 403),
        ("department", "/map/", 200),
        ("street_officer", "/import/", 200),
    ],
)
def test_each_role_opens_its_own_pages(
    street: Area, sign_in: SignIn, role: str, address: str, status: int
) -> None:
    community = Area.objects.get(code=ONE)
    area = community if role in {"micro_worker", "community_chief"} else street
    assert sign_in(role, area).get(address).status_code == status


@pytest.mark.parametrize("address", ["/map/", "/plans/", "/import/"])
def test_the_public_is_asked_to_sign_in(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


def test_a_plan_goes_from_proposal_to_decision(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    requested = client.post("/plans/propose/", {"scope": street.pk})
    plan = Plan.objects.get()
    assert requested["Location"] == f"/plans/{veil(plan.pk)}/"
    assert "every 2s" in client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    draw_plan(SYSTEM, plan)
    page = client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "<svg" in page and "/decide/" in page
    assert (
        client.post(f"/plans/{veil(plan.pk)}/decide/", {"effective_on": today().isoformat()}).status_code
        == 302
    )
    assert GridVersion.objects.filter(valid__contains=today()).exists()
    assert "/decide/" not in client.get(f"/plans/{veil(plan.pk)}/").content.decode()


def test_a_decision_without_a_date_is_asked_again(street: Area, sign_in: SignIn) -> None:
    plan = propose_plan(SYSTEM, street)
    client = sign_in("street_officer", street)
    assert client.post(f"/plans/{veil(plan.pk)}/decide/", {"effective_on": ""}).status_code == 422
    assert client.post(f"/plans/{veil(plan.pk)}/refuse/", {"reason": ""}).status_code == 422
    assert client.post(f"/plans/{veil(plan.pk)}/refuse/", {"reason": "重新划分"}).status_code == 302


def test_a_community_sees_its_plan_but_no_decision(street: Area, sign_in: SignIn) -> None:
    community = Area.objects.get(code=ONE)
    mine, streets = propose_plan(SYSTEM, community), propose_plan(SYSTEM, street)
    client = sign_in("community_chief", community)
    page = client.get(f"/plans/{veil(mine.pk)}/")
    assert page.status_code == 200 and "/decide/" not in page.content.decode()
    assert client.get(f"/plans/{veil(streets.pk)}/").status_code == 404
    assert client.post(f"/plans/{veil(mine.pk)}/decide/", {"effective_on": "2030-01-01"}).status_code == 403


def handed_in(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_an_import_is_previewed_and_then_saved(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    file = handed_in("units.geojson", collection(units(3, first=60)))
    preview = client.post("/import/", {"units": file, "datum": "wgs84"})["Location"]
    page = client.get(preview)
    assert page.context["preview"].added == 3
    before = Building.objects.count()
    assert client.post(f"{preview}save/")["Location"] == "/import/"
    assert Building.objects.count() == before + 3
    assert client.get(preview).status_code == 404


def test_errors_are_shown_by_row_and_column_and_nothing_is_saved(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    file = handed_in("units.geojson", collection([unit(60), unit(61, households=-1)]))
    preview = client.post("/import/", {"units": file, "datum": "wgs84"})["Location"]
    page = client.get(preview)
    assert page.status_code == 422
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, "households")]
    client.post(f"{preview}save/")
    assert not Building.objects.filter(unit="U060").exists()


def test_an_import_into_another_street_is_refused_in_words(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    file = handed_in("units.geojson", collection([unit(60, "990101009001")]))
    preview = client.post("/import/", {"units": file, "datum": "wgs84"})["Location"]
    assert client.post(f"{preview}save/")["Location"] == preview
    assert not Building.objects.filter(unit="U060").exists()


def test_the_files_of_another_person_are_not_found(street: Area, sign_in: SignIn) -> None:
    file = handed_in("units.geojson", collection(units(1, first=60)))
    mine = sign_in("street_officer", street)
    preview = mine.post("/import/", {"units": file, "datum": "wgs84"})["Location"]
    assert sign_in("street_officer", street).get(preview).status_code == 404


def test_an_import_needs_a_file(street: Area, sign_in: SignIn) -> None:
    assert sign_in("street_officer", street).post("/import/", {"datum": "wgs84"}).status_code == 422


def test_a_tree_of_divisions_is_imported(street: Area, sign_in: SignIn) -> None:
    district = street.district
    assert district
    client = sign_in("district_centre", district)
    tree = handed_in("tree.csv", "代码,名称\n990101001,玉兰街道\n990101001001,玉兰社区".encode("gb18030"))
    preview = client.post("/import/", {"divisions": tree, "datum": "wgs84"})["Location"]
    assert client.get(preview).status_code == 200
    client.post(f"{preview}save/")
    assert Area.objects.get(code=ONE).name == "玉兰社区"


def test_a_buildings_sign_leads_to_the_report_page(street: Area, client: Client) -> None:
    page = client.get("/b/U003/qr.svg")
    assert page["Content-Type"] == "image/svg+xml"
    assert b"/report/?b=U003" in page.content
    assert client.get("/b/nothing/qr.svg").status_code == 404
