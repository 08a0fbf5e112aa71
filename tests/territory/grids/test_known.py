"""Optional columns of buildings: read, kept, shown, and used by proposals and re-divisions (R3, R7)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shige.territory.buildings import OPTIONAL, unit_of
from shige.territory.computation.basis import basis_of, houses_in
from shige.territory.computation.rounds import PEOPLE, TASKS
from shige.territory.intake.commands.units import import_units
from shige.territory.intake.ground import ImportFile, read_ground
from shige.territory.intake.queries import preview_units
from shige.territory.models import Area, Building
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.plans.queries.rounds import rounds_in
from shige.territory.refinement.change import Wanted
from shige.territory.refinement.commands.moves import move_building
from shige.trust.gate import SYSTEM
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn
from ..ground import ONE, SOUTH, WEST, collection, ground, unit, units

KNOWN = {"population": 61, "expected_households": 24, "workload": 3.5, "minutes": 6.0}
CSV = (
    "编号,社区代码,地址,户数,人口,预计户数,工作量（小时/月）,每户分钟,经度,纬度\n"
    f"U001,{ONE},玉兰路1号,20,61,24,3.5,6,{WEST},{SOUTH}\n"
)


def kept(number: str) -> dict[str, float]:
    house = Building.objects.get(unit=number)
    return {column: getattr(house, column) for column in OPTIONAL}


def test_a_table_names_them_in_chinese(db: None) -> None:
    read = read_ground(ImportFile("units.csv", CSV.encode()))
    assert read.faults == () and read.unsaid == {"kind:over60", "kind:tenants"}
    import_units(SYSTEM, read.units, unsaid=read.unsaid)
    assert kept("U001") == KNOWN
    house = houses_in([Area.objects.get(code=ONE)])[0]
    assert {column: getattr(unit_of(house), column) for column in OPTIONAL} == KNOWN


def test_a_file_without_a_column_leaves_what_is_known(street: Area) -> None:
    import_units(SYSTEM, ground([unit(1, **KNOWN)]).units)
    lacking = ground([unit(1, households=21, workload=4)])
    assert lacking.unsaid == {"population", "expected_households", "minutes", "kind:over60", "kind:tenants"}
    done = import_units(SYSTEM, lacking.units, unsaid=lacking.unsaid)
    assert done.changed == 1
    assert kept("U001") == KNOWN | {"workload": 4}


def test_an_empty_cell_says_that_it_is_not_known(street: Area) -> None:
    import_units(SYSTEM, ground([unit(1, **KNOWN)]).units)
    emptied = ground([unit(1, population=None, workload="")])
    import_units(SYSTEM, emptied.units, unsaid=emptied.unsaid)
    assert kept("U001") == KNOWN | {"population": 0, "workload": 0}


@pytest.mark.parametrize(("column", "value"), [("population", "-1"), ("workload", "x"), ("minutes", "many")])
def test_what_is_no_number_is_named_by_its_row(column: str, value: str) -> None:
    read = read_ground(ImportFile("units.geojson", collection([unit(1, **{column: value})])))
    assert [(fault.row, fault.column) for fault in read.faults] == [(1, column)]


def test_open_plans_of_buildings_without_them_still_fit(street: Area) -> None:
    """Their digest is over what is known alone, so an upgrade makes no plan stale."""
    before = basis_of(street).digest
    Building.objects.filter(unit="U001").update(population=3)
    assert basis_of(street).digest != before
    Building.objects.filter(unit="U001").update(population=0)
    assert basis_of(street).digest == before


def test_the_preview_adds_them_up(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    file = SimpleUploadedFile("units.geojson", collection([unit(1, **KNOWN), *units(2, first=2)]))
    page = client.post("/import/", {"units": file, "datum": "wgs84"}, follow=True)
    preview = page.context["preview"]
    assert preview.extra == OPTIONAL and preview.changed == 1 and preview.unchanged == 2
    assert preview.communities[0].extra == (61, 24, 3.5, 1)
    assert "每月工作量(小时)" in page.content.decode()
    client.post(page.request["PATH_INFO"] + "save/")
    assert kept("U001") == KNOWN and kept("U002") == dict.fromkeys(OPTIONAL, 0)


def test_a_preview_without_them_shows_none(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    file = SimpleUploadedFile("units.geojson", collection(units(2)))
    page = client.post("/import/", {"units": file, "datum": "wgs84"}, follow=True)
    assert page.context["preview"].extra == () and "人口" not in page.content.decode()


def test_minutes_of_a_building_make_its_rounds_longer(street: Area) -> None:
    usual = propose_plan(SYSTEM, street)
    Building.objects.filter(unit="U003").update(minutes=6)
    plan = propose_plan(SYSTEM, street)
    found, before = rounds_in(plan), rounds_in(usual)
    assert found and before and found.rows[0].cells[0].hours > before.rows[0].cells[0].hours
    for row, task in enumerate(TASKS):
        for place, people in enumerate(PEOPLE):
            hours = plan.outcome["metrics"][f"hours_mean_{task}_{people}"]
            assert found.rows[row].cells[place].hours == pytest.approx(hours, abs=0.001)


def test_a_move_by_hand_is_judged_with_them(street: Area) -> None:
    Building.objects.filter(unit="U009").update(minutes=30)
    plan = propose_plan(SYSTEM, street)
    leaves = {row[0]: row[6] for row in plan.outcome["pieces"]}
    target = next(code for code in leaves.values() if code.startswith(ONE) and code != leaves["U009"])
    hours = {grid["code"]: grid["hours"] for grid in plan.outcome["grids"]}
    moved = move_building(SYSTEM, plan, Wanted("U009", "", target), plan.version)
    after = {grid["code"]: grid["hours"] for grid in moved.outcome["grids"]}
    assert after[target] - hours[target] > 9  # 20 doors of half an hour


def test_expected_households_leave_room_in_a_proposal(street: Area) -> None:
    Building.objects.filter(community__code=ONE).update(expected_households=30)
    read = basis_of(street)
    assert {found.expected_households for found in read.units if found.community == ONE} == {30}


def test_a_plan_shows_what_is_known(street: Area, sign_in: SignIn) -> None:
    Building.objects.filter(unit="U001").update(**KNOWN)
    plan = propose_plan(SYSTEM, street)
    client = sign_in("street_officer", street)
    told = client.get(f"/plans/{veil(plan.pk)}/building/", {"unit": "U001"}).content.decode()
    assert "人口 61" in told and "每户 6 分钟" in told
    leaf = next(row[6] for row in plan.outcome["pieces"] if row[0] == "U001")
    told = client.get(f"/plans/{veil(plan.pk)}/grid/", {"code": leaf}).content.decode()
    assert "人口 61" in told and "预计 24 户" in told and "3.5 小时" in told


def aged(over60: str, tenants: str | None = None, households: int = 20) -> ImportFile:
    """Return a table of two buildings of which the first has residents of some kinds."""
    headers = "编号,社区代码,地址,户数,人口,60岁以上人数,经度,纬度" + ("" if tenants is None else ",租户数")
    lines = [
        f"{name},{ONE},玉兰路{name},{households},61,{count},{WEST + step},{SOUTH}"
        + ("" if tenants is None else f",{tenants}")
        for name, count, step in (("U001", over60, 0), ("U002", "", 0.001))
    ]
    return ImportFile("楼栋.csv", "\n".join([headers, *lines]).encode())


def test_kinds_of_residents_are_read_kept_and_added_up(db: None) -> None:
    """R7: counts of a building, never persons."""
    read = read_ground(aged("17人", "4"))
    assert read.faults == () and read.units[0].kinds == (("over60", 17), ("tenants", 4))
    import_units(SYSTEM, read.units, unsaid=read.unsaid)
    assert Building.objects.get(unit="U001").kinds == {"over60": 17, "tenants": 4}
    assert Building.objects.get(unit="U002").kinds == {"tenants": 4}
    preview = preview_units(SYSTEM, read)
    assert preview.unchanged == 2 and preview.communities[0].extra[-2:] == (17, 8)
    lacking = read_ground(aged("18"))
    assert preview_units(SYSTEM, lacking).changed == 1
    import_units(SYSTEM, lacking.units, unsaid=lacking.unsaid)
    assert Building.objects.get(unit="U001").kinds == {"over60": 18, "tenants": 4}


@pytest.mark.parametrize("written", ["-1", "约20", "62"])
def test_a_number_of_residents_that_cannot_be_is_named(db: None, written: str) -> None:
    faults = read_ground(aged(written)).faults
    assert [(fault.row, fault.column) for fault in faults] == [(2, "60岁以上人数")]


def test_kinds_of_residents_make_rounds_longer(street: Area) -> None:
    usual = {grid["code"]: grid["hours"] for grid in propose_plan(SYSTEM, street).outcome["grids"]}
    Building.objects.filter(community__code=ONE).update(kinds={"over60": 30, "unknown": 500})
    plan = propose_plan(SYSTEM, street)
    hours = {grid["code"]: grid["hours"] for grid in plan.outcome["grids"]}
    assert hours[f"{ONE}000001"] > usual[f"{ONE}000001"]
    found = rounds_in(plan)
    assert found and found.rows[0].cells[0].hours == pytest.approx(
        plan.outcome["metrics"]["hours_mean_notice_1"], abs=0.001
    )


def test_kinds_of_residents_are_told_of_grids_in_steps_and_of_no_building(
    street: Area, sign_in: SignIn
) -> None:
    """P8: neither a small count is shown, nor what is left between a whole and its parts."""
    Building.objects.filter(unit="U001").update(kinds={"over60": 13, "tenants": 4})
    plan = propose_plan(SYSTEM, street)
    client = sign_in("street_officer", street)
    told = client.get(f"/plans/{veil(plan.pk)}/building/", {"unit": "U001"}).content.decode()
    assert "60岁以上" not in told
    leaf = next(row[6] for row in plan.outcome["pieces"] if row[0] == "U001")
    told = client.get(f"/plans/{veil(plan.pk)}/grid/", {"code": leaf}).content.decode()
    assert "60岁以上不少于 10 人" in told and "租户" not in told
