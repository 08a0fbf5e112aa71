"""Files that others handed in elsewhere are read as a person would read them, or named by row and column."""

from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from shige.territory.cli import import_group
from shige.territory.intake.divisions import read_divisions
from shige.territory.intake.ground import ImportedGround, ImportFile, read_ground
from shige.territory.intake.queries import preview_units
from shige.territory.models import Building
from shige.trust.gate import SYSTEM

CASES: Final = Path(__file__).parents[4] / "shared" / "cases" / "import"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")


def handed(name: str) -> ImportFile:
    """Return the case whose name begins so."""
    (path,) = CASES.glob(f"{name}*")
    return ImportFile(path.name, path.read_bytes())


def ground(name: str) -> ImportedGround:
    """Read a case as buildings."""
    return read_ground(handed(name))


@pytest.mark.parametrize(
    ("name", "units", "notes"),
    [
        pytest.param("i01", 6, 0, id="semicolons"),
        pytest.param("i03", 6, 0, id="UTF-16 with tabs"),
        pytest.param("i05", 6, 1, id="a title above the headers"),
        pytest.param("i06", 6, 1, id="a compound merged over rows"),
        pytest.param("i08", 3, 1, id="three sheets"),
        pytest.param("i13", 3, 1, id="full-width digits"),
        pytest.param("i14", 2, 1, id="zero width"),
        pytest.param("i18", 3, 0, id="degrees, minutes, seconds"),
        pytest.param("i20", 3, 0, id="decimal commas"),
        pytest.param("i23", 3, 0, id="a line break in a header"),
        pytest.param("i24", 3, 0, id="shops under a shorter header"),
        pytest.param("i27", 4, 0, id="mixed line endings"),
        pytest.param("i28", 3, 0, id="GB18030"),
        pytest.param("i29", 3, 1, id="a row of totals"),
        pytest.param("i30", 2, 0, id="a column of datums"),
        pytest.param("i34", 2, 0, id="text named as a workbook"),
        pytest.param("i37", 3, 0, id="words for yes"),
        pytest.param("i39", 3, 0, id="blanks"),
        pytest.param("i40", 2, 0, id="a city without counties"),
        pytest.param("i52", 4, 1, id="two files in one"),
        pytest.param("g01", 5, 0, id="NaN"),
        pytest.param("g02", 1, 1, id="web mercator"),
        *(pytest.param(f"g03_crs_{k}", 1, 0, id=f"a name of WGS-84 or CGCS2000, {k}") for k in (0, 1, 2, 6)),
        pytest.param("g06", 3, 0, id="ids of features"),
        pytest.param("g08", 2, 0, id="heights"),
        pytest.param("g16", 1, 0, id="a ring that is not closed"),
        pytest.param("g18", 3, 0, id="one feature a line"),
        pytest.param("g23", 1, 0, id="a feature as geometry"),
        pytest.param("g25", 2, 0, id="a map in UTF-16"),
        pytest.param("g26", 2, 0, id="a map in GBK"),
        pytest.param("g40", 3, 0, id="a map of a city without counties"),
        pytest.param("g48", 60, 0, id="many at one place"),
    ],
)
def test_what_a_person_can_read_is_read(name: str, units: int, notes: int) -> None:
    read = ground(name)
    assert (len(read.units), [str(fault) for fault in read.faults], len(read.notes)) == (units, [], notes)
    assert all(unit.households and len(unit.community) == 12 for unit in read.units)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        pytest.param("i09", [(2, "编号"), (3, "编号"), (3, "地址"), (4, "编号")], id="ids that became dates"),
        pytest.param("i10", [(row, "编号") for row in range(2, 8)], id="ids of 18 digits as numbers"),
        pytest.param(
            "i12", [(row, "社区代码") for row in (2, 3, 4)], id="codes that a spreadsheet shortened"
        ),
        pytest.param("i15_", [(4, "地址")], id="an open quotation mark"),
        pytest.param("i15b", [(4, "地址")], id="an open quotation mark, two rows"),
        pytest.param("i16", [(4, "地址")], id="an open quotation mark, many rows"),
        pytest.param("i17", [(3, "")], id="a comma too many"),
        pytest.param("i21", [(row, "商铺数") for row in range(2, 8)], id="formulas without results"),
        pytest.param("i25", [(3, "地址")], id="a zero byte"),
        pytest.param("i26", [(2, "地址"), (3, "小区"), (4, "编号")], id="long texts"),
        pytest.param("i31", [(4, "户数")], id="a number that is a guess"),
        pytest.param("i32", [(0, "")], id="a damaged workbook"),
        pytest.param("i33", [(0, "")], id="a web page as a workbook"),
        pytest.param("i38", [(4, "编号"), (5, "编号")], id="rows twice"),
        pytest.param("i53", [(row, "经度/纬度") for row in (2, 3, 4)], id="exchanged headers"),
        pytest.param("i54", [(row, "经度/纬度") for row in (2, 3, 4)], id="zero coordinates"),
        pytest.param("i55", [(2, "户数"), (3, "户数")], id="no whole number"),
        pytest.param("g03_crs_5", [(0, "crs")], id="Beijing 1954"),
        pytest.param("g03_crs_7", [(0, "crs")], id="GCJ-02, which was not chosen"),
        pytest.param("g05", [(1, "geometry")], id="a collection of shapes"),
        pytest.param("g09", [(1, "id"), (2, "id")], id="integers above 2^53"),
        pytest.param("g10", [(1, "id"), (2, "id")], id="integers as floating point"),
        pytest.param("g11", [(1, "address")], id="a zero character"),
        pytest.param(
            "g14", [(1, name) for name in ("id", "community", "households", "geometry")], id="nulls"
        ),
        pytest.param("g15", [(1, "geometry")], id="a ring twice"),
        pytest.param("g17", [(1, "geometry"), (2, "geometry")], id="no area"),
        pytest.param("g19", [(0, "")], id="TopoJSON"),
        pytest.param("g20", [(0, "")], id="JSON of Esri"),
        pytest.param("g21", [(0, "")], id="nothing"),
        pytest.param("g22", [(1, "id"), (1, "address")], id="lists"),
        pytest.param("g41", [(row, "community") for row in (1, 2, 3)], id="the code of a street"),
        pytest.param("g44", [(row, "community") for row in (1, 2)], id="a street above 599"),
        pytest.param("g45", [(row, "community") for row in (1, 2)], id="the code of a county"),
        pytest.param("g46", [(7, "geometry")], id="one that lies far away"),
        pytest.param("g47", [(row, "geometry") for row in (1, 2, 3)], id="exchanged axes in Urumqi"),
    ],
)
def test_what_nobody_can_read_is_named_by_row_and_column(name: str, named: list[tuple[int, str]]) -> None:
    faults = ground(name).faults
    assert [(fault.row, fault.column) for fault in faults] == named
    assert all(fault.file and len(fault.message) > 10 for fault in faults)


def test_merged_and_shorter_headers_keep_their_values() -> None:
    assert {unit.compound for unit in ground("i06").units} == {"示例苑"}
    assert {unit.shops for unit in ground("i24").units} == {7}
    assert [unit.lift for unit in ground("i37").units] == [True, True, True]


@pytest.mark.parametrize(
    ("name", "part", "named"),
    [
        ("b01", "base", [(1, "geometry")]),
        ("b02", "base", [(0, "kind"), (1, ""), (2, "")]),
        ("b04", "base", [(1, "geometry")]),
        ("b06", "barriers", []),
        ("b07", "areas", [(0, ""), (0, "")]),
        ("b09", "areas", [(2, "geometry")]),
        ("b10", "barriers", []),
        ("b99", "base", []),
    ],
)
def test_what_lies_between_is_checked_like_buildings(
    name: str, part: str, named: list[tuple[int, str]]
) -> None:
    read = read_ground(handed("b00"), **{part: handed(name)})  # type: ignore[arg-type]
    assert [(fault.row, fault.column) for fault in read.faults] == named


def test_roads_are_known_by_their_chinese_and_their_open_names() -> None:
    chinese = read_ground(handed("b00"), barriers=handed("b10")).features
    assert [road.grade for road in chinese] == ["primary", "secondary", "trunk", "rail", "river"]
    read = read_ground(handed("b00"), barriers=handed("b06"))
    assert [road.grade for road in read.features] == ["primary", "minor", "primary", "minor", "minor"]
    assert "footway (1)" in read.notes[0].message


def test_files_of_two_places_are_taken_once_somebody_has_looked() -> None:
    read = read_ground(handed("b00"), areas=handed("b07"), trusted=True)
    assert read.faults == () and len(read.notes) == 1


@pytest.mark.parametrize(
    ("name", "divisions", "named", "notes"),
    [
        ("d01", 5, [], 0),
        ("d02", 1, [], 1),
        ("d03", 2, [], 0),
        ("d05", 2, [], 0),
        ("d06", 0, [(2, "代码")], 0),
        ("d07", 1, [], 1),
        ("d08", 3, [], 0),
        ("d09", 0, [(2, "名称"), (3, "名称")], 0),
        ("d10", 1, [], 0),
    ],
)
def test_lists_of_divisions(name: str, divisions: int, named: list[tuple[int, str]], notes: int) -> None:
    rows, faults, told = read_divisions(handed(name))
    assert (len(rows), [(fault.row, fault.column) for fault in faults], len(told)) == (
        divisions,
        named,
        notes,
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("commands_here")
def test_the_command_line_tells_what_the_preview_tells() -> None:
    def run(name: str, *more: str) -> str:
        return CliRunner().invoke(import_group, ["units", str(CASES / handed(name).name), *more]).output

    assert "第二社区 (5)、第三社区 (6)" in run("i08", "--dry-run") and not Building.objects.exists()
    assert "新增楼栋 5 栋" in run("g60")
    (moving,) = preview_units(SYSTEM, ground("g61")).moving
    assert moving == ("990103001001", "990103001002", 5)
    assert "5 栋已有楼栋将从 990103001001 移到 990103001002" in run("g61", "--dry-run")
    assert set(Building.objects.values_list("community__code", flat=True)) == {"990103001001"}
