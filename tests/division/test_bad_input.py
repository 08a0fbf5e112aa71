"""What planners hand over by mistake: a message that names the rows, or a division with every door in it."""

import csv
import json
import math
import random

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shige.cli import main
from shige.division import divide
from shige.division.input import read_units
from tests.division.checker import faults
from tests.division.cities import area, barrier, city, save, unit
from tests.division.conftest import Rules

SECOND = "990199001002"


def homes(count, *, start=0, x=0, households=10, **values):
    return [
        unit(start + k, x + k % 8 * 20, k // 8 * 20, households=households, **values) for k in range(count)
    ]


@pytest.fixture
def shige(tmp_path):
    """Run the command on features; returns its exit code and what it printed."""

    def ran(features, name="out", **files):
        words = ["divide", str(save(tmp_path / "units.geojson", features)), "--output", str(tmp_path / name)]
        for option, content in files.items():
            given_file = content if hasattr(content, "open") else save(tmp_path / option, content)
            words += [f"--{option}", str(given_file)]
        done = CliRunner().invoke(main, words)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done.exit_code, done.output

    return ran


@pytest.fixture
def holds(shige, tmp_path):
    """Divide features, check the files, and return the broken rules as (rule, why)."""

    def held(features, **files):
        code, said = shige(features, **files)
        assert code == 0, said
        assert faults(tmp_path / "units.geojson", tmp_path / "out") == []
        report = json.loads((tmp_path / "out" / "report.json").read_text())
        return [(found["rule"], found["why"]) for found in report["violations"]]

    return held


def spoiled(row, **values):
    geometry = {"geometry": values.pop("geometry")} if "geometry" in values else {}
    features = homes(12)
    features[row - 1] = unit(row - 1, row * 20, 0, **{"households": 1} | values) | geometry
    return features


BOW_TIE = [[[104, 30.6], [104.001, 30.601], [104.001, 30.6], [104, 30.601], [104, 30.6]]]
SWAPPED = [[[30.6, 104], [30.601, 104], [30.601, 104.001], [30.6, 104]]]
NAN = [[[104, 30.6], [math.nan, 30.6], [104, 30.601], [104, 30.6]]]


@pytest.mark.parametrize(
    ("features", "message"),
    [
        (spoiled(4, geometry=None), "row 4, geometry: The shape, or"),
        (spoiled(4, geometry={"type": "Point", "coordinates": []}), "row 4, geometry: The shape, or"),
        (spoiled(5, geometry={"type": "Polygon", "coordinates": NAN}), "row 5, geometry: nan, 30.6 is not a"),
        (
            spoiled(5, geometry={"type": "Polygon", "coordinates": SWAPPED}),
            "row 5, geometry: 30.6, 104: lon",
        ),
        (
            spoiled(5, geometry={"type": "Polygon", "coordinates": BOW_TIE}),
            "row 5, geometry: The outline crosses itself",
        ),
        (spoiled(6, households=math.nan), "row 6, households: A value is needed here"),
        (spoiled(6, households=-4), "row 6, households: -4 is below zero"),
        (spoiled(6, households=10**12), "row 6, households: 1000000000000 is more than 100000"),
        (spoiled(7, community="99019900100"), "row 7, community: 99019900100 is not a community code of 12"),
        ([*spoiled(8), unit(2, 0, 0)], "row 13, id: U0002 was already used in row 3"),
        ([*spoiled(9), unit(90, 0, 400_000)], "row 13, geometry: It lies 4"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(shige, tmp_path, features, message):
    code, said = shige(features)
    assert code == 1
    assert message in said
    assert not (tmp_path / "out").exists()


def test_a_community_without_households_is_one_grid_that_says_so(holds):
    whys = [why for _, why in holds(homes(40, households=0))]
    assert whys == [
        "the whole community has only 0 households, so no division reaches 300",
        "the whole community has only 0 doors, so no division reaches 30",
    ]


def test_a_compound_in_two_communities_is_divided_in_each_and_named(holds):
    both = homes(40, compound="玉兰苑") + homes(40, start=50, x=160, compound="玉兰苑", community=SECOND)
    why = (
        "玉兰苑 has 800 households in several communities, 400 + 400 in 990199001001, 990199001002, "
        "and each divides its own part"
    )
    assert holds(both) == [("shared", why), ("shared", why)]


def test_two_compounds_of_one_name_far_from_each_other_are_not_one(holds):
    both = homes(40, compound="玉兰苑") + homes(40, start=50, x=1600, compound="玉兰苑", community=SECOND)
    assert holds(both) == []


def test_a_unit_of_forty_thousand_households_on_one_floor_is_named(holds):
    found = holds([*homes(40), unit(99, 300, 0, households=40_000)])
    why = "one floor of one entrance of U0099 has 40000 doors and cannot be divided further"
    assert ("micro_doors", why) in found


def test_a_unit_of_forty_thousand_households_on_many_floors_is_divided(holds):
    assert holds([*homes(40), unit(99, 300, 0, households=40_000, floors=40, entrances=20)]) == []


@pytest.mark.long
@pytest.mark.parametrize("outline", ["Point", "Polygon"])
def test_ten_thousand_units_at_one_point_are_divided_into_one_stack(holds, tmp_path, outline):
    units = [unit(k, 0, 0, households=3) for k in range(10_000)]
    if outline == "Point":
        corner = {"type": "Point", "coordinates": units[0]["geometry"]["coordinates"][0][0]}
        units = [feature | {"geometry": corner} for feature in units]
    assert holds(units) == []
    grids = json.loads((tmp_path / "out" / "grids.geojson").read_text())["features"]
    micros = [grid for grid in grids if grid["properties"]["level"] == "micro"]
    assert len({json.dumps(grid["geometry"]) for grid in micros}) == 1
    assert all(grid["properties"]["floors"] for grid in micros)


def test_barriers_that_leave_forty_islands_are_named(holds):
    features = [unit(k, k % 20 * 20, k // 20 * 20, households=3) for k in range(400)]
    rivers = [barrier("river", (-50, 75 + 80 * k), (900, 75 + 80 * k)) for k in range(4)]
    rails = [barrier("rail", (35 + 40 * k, -50), (35 + 40 * k, 900)) for k in range(7)]
    found = holds(features, barriers=rivers + rails)
    assert found
    assert {rule for rule, _ in found} <= {"connected", "micro_doors", "general_households"}


def test_units_outside_their_area_are_named_and_kept(holds):
    features = [*homes(40), unit(98, 190, 50, households=5), unit(99, -60, 0, households=2)]
    whys = [why for rule, why in holds(features, areas=[area("990199001001", -20, -20, 200, 200)]) if rule]
    assert {
        f"U00{n} lies outside the community's area, so its own ground was added to it" for n in (98, 99)
    } <= {*whys}


def test_areas_that_hold_none_of_the_units_are_refused(shige):
    features = homes(40) + homes(40, start=50, x=300, community=SECOND)
    exchanged = [area(SECOND, -20, -20, 200, 200), area("990199001001", 280, -20, 200, 200)]
    code, said = shige(features, areas=exchanged)
    assert code == 1
    assert "80 of 80 buildings lie outside the area of their community (rows 1, 2, 3, " in said
    assert "codes of communities are exchanged" in said


def test_a_previous_division_of_another_city_is_refused(shige, tmp_path):
    assert shige(homes(40, community=SECOND), name="before")[0] == 0
    code, said = shige(homes(40), previous=tmp_path / "before" / "assignment.csv")
    assert code == 1
    assert "none of its 40 rows is about a building here (row 1: U0000 in 990199001002)" in said


def test_a_self_crossing_area_or_barrier_is_named(shige):
    tie = {"geometry": {"type": "Polygon", "coordinates": BOW_TIE}}
    code, said = shige(homes(40), areas=[area("990199001001", 0, 0, 9, 9) | tie])
    assert (code, "row 1, geometry: The outline crosses itself" in said) == (1, True)
    code, said = shige(homes(40), barriers=[barrier("river", (0, 0), (9, 9)) | tie])
    assert (code, "row 1, geometry: The outline crosses itself" in said) == (1, True)


def test_brackets_without_end_are_no_map(tmp_path):
    path = tmp_path / "units.geojson"
    path.write_text("[" * 200_000)
    done = CliRunner().invoke(main, ["divide", str(path), "--output", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "This is not GeoJSON" in done.output


def test_units_that_share_an_id_are_refused_by_the_library():
    units, _ = read_units(homes(40))
    with pytest.raises(ValueError, match="1 ids are given to more than one unit: U0007"):
        divide([*units, units[7]], [], Rules())


SPOILERS = {
    "id": ["", None, 7, "U0001", [], "a,b\n"],
    "community": ["99019900100", None, 990199001001, SECOND, "abc", {}],
    "households": [-1, 0, 2.5, "12", "１２", None, math.nan, math.inf, 40_000, [], True],
    "shops": [None, "", -2, 900, 1e300],
    "floors": [0, None, 200, 201, "x"],
    "entrances": [0, 500, 501, -1],
    "lift": ["是", 1, 2, None],
    "use": ["office", "castle", None, 5],
    "manager": ["M1", None, 5],
    "group": ["一组", None],
    "compound": ["玉兰苑", 3, None],
}
SHAPES = [
    None, {}, [], "POINT(1 1)", {"type": "Point", "coordinates": [104, 30.6]},
    {"type": "Point", "coordinates": [30.6, 104]}, {"type": "Point", "coordinates": ["a", 1]},
    {"type": "Polygon", "coordinates": NAN}, {"type": "Polygon", "coordinates": BOW_TIE},
    {"type": "GeometryCollection", "geometries": []}, {"type": "Point", "coordinates": [104, 30.6, 500]},
]  # fmt: skip


@given(st.integers(0, 10**6))
@example(221)  # an outline that rounding makes cross itself
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_is_spoiled_is_named_or_every_household_is_kept(seed):
    dice = random.Random(seed)
    features = city(seed, communities=1, blocks=4)
    for _ in range(dice.randint(1, 3)):
        row = dice.randrange(len(features))
        column = dice.choice([*SPOILERS, "geometry"])
        if column == "geometry":
            features[row] = features[row] | {"geometry": dice.choice(SHAPES)}
        else:
            values = features[row]["properties"] | {column: dice.choice(SPOILERS[column])}
            features[row] = features[row] | {"properties": values}
    units, problems = read_units(features)
    assert all(1 <= problem.row <= len(features) and str(problem) for problem in problems)
    assert len(units) >= len(features) - len({problem.row for problem in problems})
    if not problems:
        division = divide(units, [], Rules())
        assert sum(p.households for p in division.pieces) == sum(u.households for u in units)
        assert sum(p.shops for p in division.pieces) == sum(u.shops for u in units)
        assert {p.unit for p in division.pieces} == {u.id for u in units}


def test_names_with_commas_and_line_breaks_come_back_from_the_assignment(shige, tmp_path):
    features = homes(40)
    features[3]["properties"]["id"] = 'a,"b"\nc'
    assert shige(features)[0] == 0
    with (tmp_path / "out" / "assignment.csv").open(newline="", encoding="utf-8") as lines:
        assert 'a,"b"\nc' in {row["unit"] for row in csv.DictReader(lines)}
    assert shige(features, name="again", previous=tmp_path / "out" / "assignment.csv")[0] == 0
