"""The register of things: codes, dates, areas, tables, and what residents see (R41)."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from shige.territory.intake.tables import UnreadableFile
from shige.territory.models import GridVersion, Placement, Thing
from shige.territory.things.commands import (
    ThingIn,
    add_thing,
    add_things,
    change_thing,
    follow_grids,
    months_after,
    retire_thing,
)
from shige.territory.things.queries import ThingFilter, overdue_count, thing_list, thing_seen, things_near
from shige.territory.things.table import read_things
from shige.trust.gate import PUBLIC
from shige.trust.models import JournalEntry
from shige.trust.queries import today
from tests.matters.town import Town, build
from tests.territory.intake.test_tables import workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()


def hydrant(town: Town, grid: str = "micro", **more: Any) -> ThingIn:
    """Return a hydrant in the middle of a grid."""
    place = town.place(grid)
    return ThingIn(**({"kind": "hydrant", "name": "消火栓", "lon": place.lon, "lat": place.lat} | more))


def add(town: Town, grid: str = "micro", who: str = "street_officer", **more: Any) -> Thing:
    """Put a hydrant on the register."""
    return add_thing(town.viewer(who), hydrant(town, grid, **more))


def test_a_thing_gets_a_code_its_areas_and_its_first_date(town: Town) -> None:
    thing = add(town, who="community_chief", keeper=town.posts["fulltime_worker"].pk)
    assert thing.code == f"{town.areas['east'].code}-00001"
    assert (thing.leaf, thing.general, thing.community) == (
        town.areas["micro"], town.areas["general"], town.areas["east"],
    )  # fmt: skip
    assert thing.place == "玉兰路1号" and thing.due_on == today()
    entry = JournalEntry.objects.get(verb="thing.added")
    assert entry.leaf == town.areas["micro"].pk and "玉兰路" not in str(entry.facts)


def test_a_code_is_never_given_twice(town: Town) -> None:
    retire_thing(town.viewer("street_officer"), add(town).code)
    moved = add(town)
    change_thing(town.viewer("street_officer"), moved.code, hydrant(town, "micro3"))
    assert [add(town).code[-5:], add(town, "micro3").code[-5:]] == ["00003", "00001"]


def test_the_next_date_follows_the_kind(town: Town) -> None:
    assert add(town, inspected_on=date(2026, 8, 31)).due_on == date(2027, 2, 28)
    assert add(town, kind="idle_space", inspected_on=date(2026, 8, 31)).due_on is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "spaceship"}, "kind"),
        ({"name": " "}, "name"),
        ({"lon": None}, "point"),
        ({"lon": 100.0}, "point"),
        ({"inspected_on": date(2999, 1, 1)}, "inspected_on"),
    ],
)
def test_what_does_not_fit_is_named_by_field(town: Town, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add(town, **wrong)
    assert list(refused.value.message_dict) == [field] and not Thing.objects.exists()


def test_a_keeper_serves_in_the_own_area(town: Town) -> None:
    with pytest.raises(ValidationError, match="does not serve here"):
        add(town, who="community_chief", keeper=town.posts["fulltime_worker2"].pk)


@pytest.mark.parametrize("who", ["micro_worker", "mediation_committee", "department"])
def test_other_roles_write_nothing_on_the_register(town: Town, who: str) -> None:
    code = add(town).code
    for act in (
        lambda: add(town, who=who),
        lambda: change_thing(town.viewer(who), code, hydrant(town)),
        lambda: retire_thing(town.viewer(who), code),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_office_writes_on_the_register_of_its_own_area_alone(town: Town) -> None:
    code, other = add(town).code, town.viewer("community_chief2")
    with pytest.raises(ValidationError, match="not in your area"):
        add_thing(other, hydrant(town))
    for act in (
        lambda: change_thing(other, code, hydrant(town, "micro3")),
        lambda: retire_thing(other, code),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(ValidationError, match="not in your area"):
        change_thing(town.viewer("community_chief"), code, hydrant(town, "micro3"))


def test_everybody_at_work_sees_the_things_of_the_own_area_alone(town: Town) -> None:
    code = add(town).code
    sees = {who: thing_seen(town.viewer(who), code) is not None for who in town.posts}
    assert sees["micro_worker"] and sees["community_chief"] and sees["street_leader"]
    assert not any(
        sees[who] for who in ("micro_worker2", "community_chief2", "department", "exclusive_worker")
    )
    assert thing_list(PUBLIC, ThingFilter()) == []


def test_the_list_is_narrowed_and_turned_over(town: Town) -> None:
    officer = town.viewer("street_officer")
    late = add(town, inspected_on=today() - timedelta(days=400)).code
    lift = add(town, "micro2", kind="lift", name="一单元电梯", inspected_on=today()).code
    gone = add(town).code
    retire_thing(officer, gone)
    listed = lambda **wanted: [row.code for row in thing_list(officer, ThingFilter(**wanted))]  # noqa: E731
    assert listed() == [late, lift] and listed(retired=True) == [gone]
    assert listed(due="overdue") == [late] and overdue_count(officer) == 1
    assert listed(kind="lift") == listed(text="电梯") == listed(grid=town.areas["micro2"].pk) == [lift]
    assert listed(grid=0) == []
    assert [row.code for row in thing_list(officer, ThingFilter(), after=late)] == [lift]


def test_a_list_is_one_statement(town: Town, django_assert_num_queries: Any) -> None:
    officer = town.viewer("street_officer")
    for grid in ("micro", "micro2", "micro3"):
        add(town, grid, keeper=town.posts["fulltime_worker"].pk)
    with django_assert_num_queries(1):
        assert len(thing_list(officer, ThingFilter())) == 3


def test_things_follow_the_grids_that_came_into_force(town: Town) -> None:
    thing = add(town)
    assert follow_grids() == 0
    Placement.objects.filter(building=town.buildings["micro"]).update(leaf=town.areas["micro2"])
    GridVersion.objects.filter(area=town.areas["micro2"]).update(valid=(today(), None))
    assert follow_grids() == 1
    thing.refresh_from_db()
    assert thing.leaf == town.areas["micro2"]


def test_residents_see_the_nearest_public_things_of_each_kind(town: Town) -> None:
    near, far = town.place("micro"), town.place("micro3")
    assert near.lon is not None and near.lat is not None
    add(town, "micro3", kind="aed", name="远")
    add(town, kind="aed", name="近")
    add(town, kind="lift", name="电梯")
    (kind, listed), *others = things_near(near.lon, near.lat)
    assert [thing.name for thing in listed] == ["近", "远"] and "AED" in kind and others == []
    assert listed[0].metres == 0 and abs(listed[1].metres - 579) < 5 and far.lon is not None
    assert things_near(near.lon + 1, near.lat) == []


def test_a_table_is_saved_whole_or_not_at_all(town: Town) -> None:
    place = town.place("micro")
    head = "名称,种类,经度,纬度,地址,检查日期\n"
    good = f"南门消火栓,消火栓,{place.lon},{place.lat},南门,2026/08/31\n"
    officer = town.viewer("community_chief")
    table = read_things("things.csv", (head + good).encode("gb18030"), "wgs84")
    assert table.faults == () and add_things(officer, table.rows) == 1
    thing = Thing.objects.get()
    assert (thing.place, thing.inspected_on) == ("南门", date(2026, 8, 31))
    bad = head + good + "某物,飞船,104.0,30.0,,\n,消火栓,x,,,昨天\n"
    said = " ".join(str(fault) for fault in read_things("things.csv", bad.encode(), "wgs84").faults)
    assert "row 3, 种类" in said and "row 4, 名称" in said and "row 4, 检查日期" in said
    with pytest.raises(ValidationError) as refused:
        add_things(officer, [*table.rows, (3, hydrant(town, "micro3")), (4, replace(hydrant(town), lon=0.0))])
    assert [said[:5] for said in refused.value.messages] == ["row 3", "row 4"]
    assert Thing.objects.count() == 1


@pytest.mark.parametrize("day", ["2026-08-03", "2026/8/3", "2026.8.3", "2026年8月3日", date(2026, 8, 3)])
def test_a_workbook_is_read_like_a_table_and_a_day_however_it_is_written(town: Town, day: object) -> None:
    place = town.place("micro")
    rows = [["名称", "种类", "经度", "纬度", "检查日期"], ["南门消火栓", "消火栓", place.lon, place.lat, day]]
    table = read_things("things.xlsx", workbook_of(rows), "wgs84")
    assert table.faults == () and add_things(town.viewer("community_chief"), table.rows) == 1
    thing = Thing.objects.get()
    assert (thing.name, thing.inspected_on) == ("南门消火栓", date(2026, 8, 3))
    assert (thing.lon, thing.lat) == pytest.approx((place.lon, place.lat))


@pytest.mark.parametrize("name", ["things.geojson", "things.pdf"])
def test_only_tables_are_read(name: str) -> None:
    with pytest.raises(UnreadableFile):
        read_things(name, b'{"type": "FeatureCollection", "features": []}', "wgs84")


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 120))
def test_months_after_a_day_are_that_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])
