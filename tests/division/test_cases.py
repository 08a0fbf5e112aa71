"""Small towns that once failed, read in place: divided, and right by the checker."""

import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner

from shige.cli import main
from tests.division.checker import faults

HERE = Path(__file__).resolve()
CASES = next(
    (found for folder in HERE.parents if (found := folder / "shared" / "cases" / "divide").is_dir()),
    HERE.parents[3] / "shared" / "cases" / "divide",
)

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"{CASES} is absent: cases of towns are left out")

TOWNS = [
    "v01_one_point",
    "v03_collinear",
    "v03b_collinear_points",
    "v04_courtyard_in_ring",
    "v05_enclave",
    "v06_islands",
    "v07_touch_at_point",
    "v08_zero_population",
    "v09_slivers",
    "v10b_no_compound",
    "v21_inside_each_other",
    "v22_tower_999",
    "v23_one_unit",
    "v23b_two_units",
    "v24_lattice_cocircular",
    "v26_overlapping_boxes",
    pytest.param("v30_edge_ring", marks=pytest.mark.long),
    "v40b_points_5m",
    "v40c_points_7m_as_squares",
]


@pytest.fixture
def town(tmp_path):
    """Divide a case with whatever lies beside its units; returns the grids and the report."""

    def divided(name):
        units, areas, barriers = (
            CASES / name / f"x_{kind}.geojson" for kind in ("units", "areas", "barriers")
        )
        words = ["divide", str(units), "--output", str(tmp_path / "out")]
        words += ["--areas", str(areas)] if areas.exists() else []
        words += ["--barriers", str(barriers)] if barriers.exists() else []
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        assert faults(units, tmp_path / "out", areas if areas.exists() else None) == []
        grids = json.loads((tmp_path / "out" / "grids.geojson").read_text())["features"]
        return grids, json.loads((tmp_path / "out" / "report.json").read_text())

    return divided


@pytest.mark.parametrize("name", TOWNS)
def test_towns_that_failed_are_divided(town, name):
    grids, _ = town(name)
    assert all(shapely.from_geojson(json.dumps(grid["geometry"])).is_valid for grid in grids)


@pytest.mark.parametrize("name", ["v40b_points_5m", "v40c_points_7m_as_squares", "v26_overlapping_boxes"])
def test_buildings_whose_outlines_overlap_are_not_stacked(town, name):
    grids, _ = town(name)
    assert not any(grid["properties"].get("floors") for grid in grids)


def test_a_community_in_pieces_is_said_to_be_so(town):
    _, report = town("v06_islands")
    causes = {found["cause"] for found in report["violations"]}
    assert causes == {"scattered_home"}
    assert all("the community itself lies in 3 parts" in found["why"] for found in report["violations"])


def test_many_entrances_are_said_in_a_few_letters(town):
    grids, _ = town("v22_tower_999")
    said = [grid["properties"]["floors"] for grid in grids if grid["properties"].get("floors")]
    assert said
    assert max(map(len, said)) < 40


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("p1_excel_sci.csv", "row 2, community: A spreadsheet has shortened this to 9.90101E+17"),
        ("p2_excel_15_digits.csv", "row 2, community: “990101001001000000” was rounded by a spreadsheet"),
        ("p3_gbk.csv", "none of its 199 rows is about a building here"),
        ("p8_short_row.csv", "row 21, general: A value is needed here."),
    ],
)
def test_an_assignment_that_went_through_a_spreadsheet_is_named_by_row(tmp_path, name, said):
    units = CASES.parents[1] / "data" / "units" / "suzhou_units.geojson"
    previous = CASES.with_name("previous") / name
    words = ["divide", str(units), "--previous", str(previous), "--output", str(tmp_path / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert said in done.output
    assert len(done.output.splitlines()) < 60
    assert not (tmp_path / "out").exists()
