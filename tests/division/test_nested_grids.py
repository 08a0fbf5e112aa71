import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shige.division import divide
from shige.division.input import read_areas, read_barriers, read_units
from shige.division.output import write_division
from shige.profile.grids import GridRules
from tests.division.checker import faults
from tests.division.cities import area, barrier, city, save, unit
from tests.division.conftest import Rules

RIVER = barrier("river", (-50, 115), (900, 118))


@given(st.integers(0, 10**6), st.booleans(), st.booleans())
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_any_city_is_divided_by_every_rule_or_the_breach_is_stated(seed, with_areas, with_river):  # R1-R6
    features = city(seed)
    outlines = [area(f"9901990010{c + 1:02d}", c * 400 - 20, -20, 400, 400) for c in range(2)]
    units, problems = read_units(features)
    assert not problems
    barriers = read_barriers([RIVER])[0] if with_river else []
    areas = read_areas(outlines)[0] if with_areas else None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        units_file = save(place / "units.geojson", features)
        areas_file = save(place / "areas.geojson", outlines) if with_areas else None
        write_division(divide(units, barriers, Rules(), areas=areas), place / "out")
        assert faults(units_file, place / "out", areas_file) == []


def test_the_same_input_gives_the_same_bytes_in_any_number_of_processes(tmp_path):
    units, _ = read_units(city(5, communities=3))
    for jobs in (1, 2):
        write_division(divide(units, [], Rules(), jobs=jobs), tmp_path / str(jobs))
    for name in ("assignment.csv", "grids.geojson", "report.json"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def homes(count, households, *, start=0, x=0, y=0, **values):
    """Houses in rows of six."""
    return [
        unit(start + k, x + k % 6 * 20, y + k // 6 * 20, households=households, **values)
        for k in range(count)
    ]


def rules_broken(division):
    return {(found.rule, found.cause) for found in division.violations}


def test_a_community_too_small_for_a_general_grid_says_so(run):  # R6
    division, _ = run(homes(10, 7))
    assert rules_broken(division) == {("general_households", "community_small")}
    assert (
        division.violations[0].why == "the whole community has only 70 households, so no division reaches 300"
    )


def test_a_number_that_no_division_reaches_is_named(run):
    division, _ = run(homes(55, 10))  # 550 is neither one general grid nor two
    assert ("general_households", "community_sum") in rules_broken(division)


def test_a_floor_that_is_too_full_is_named(run):
    division, _ = run([*homes(60, 6), unit(99, 0, 300, households=130)])
    assert ("micro_doors", "one_floor") in rules_broken(division)
    assert any("U0099" in found.why for found in division.violations)


def test_a_tower_is_split_by_entrances_and_floors_into_a_stack(run):
    tower = unit(1, 0, 0, households=360, floors=30, entrances=2, lift=True)
    division, _ = run([tower])
    micros = [grid for grid in division.grids if grid.level == "micro"]
    assert len(micros) >= 4
    assert len({grid.geometry.wkb for grid in micros}) == 1
    assert all(grid.floors for grid in micros)
    assert sorted(piece.part for piece in division.pieces) == sorted(grid.floors for grid in micros)


def test_grids_keep_to_one_side_of_a_river(run):  # R6
    both = homes(36, 10, x=0) + homes(36, 10, start=36, x=200)
    division, _ = run(both, [barrier("river", (160, -90), (160, 900))])
    west = {piece.micro for piece in division.pieces if int(piece.unit[1:]) < 36}
    east = {piece.micro for piece in division.pieces if int(piece.unit[1:]) >= 36}
    assert not west & east
    assert rules_broken(division) == set()


def test_a_grid_that_has_to_cross_a_river_says_so(run):
    few = homes(36, 10, x=0) + homes(2, 5, start=36, x=200)
    division, _ = run(few, [barrier("river", (160, -90), (160, 900))])
    assert ("connected", "side_small") in rules_broken(division)
    assert any("river" in found.why for found in division.violations)


def test_a_road_that_may_be_crossed_does_not_matter(run):  # R8
    few = homes(36, 10, x=0) + homes(2, 5, start=36, x=200)
    division, _ = run(few, [barrier("minor", (160, -90), (160, 900))])
    assert rules_broken(division) == set()


def test_in_the_countryside_a_general_grid_is_whole_villagers_groups(run):  # R2
    groups = {
        "一组": homes(12, 5),
        "二组": homes(12, 5, start=12, x=600),
        "三组": homes(2, 5, start=24, x=900),
    }
    features = [
        f | {"properties": f["properties"] | {"group": g}} for g, found in groups.items() for f in found
    ]
    division, _ = run(features)
    assert rules_broken(division) == set()
    general = {piece.unit: piece.general for piece in division.pieces}
    by_group = [{general[f["properties"]["id"]] for f in found} for found in groups.values()]
    assert all(len(found) == 1 for found in by_group)
    assert by_group[0] != by_group[1]
    assert by_group[1] == by_group[2]  # 10 doors do not make a micro-grid


def test_a_community_of_offices_alone_has_no_micro_grid(run):  # R4
    offices = [unit(k, k * 60, 0, use="office", manager=f"M{k % 2}") for k in range(4)]
    division, _ = run(offices)
    assert [grid.level for grid in division.grids] == ["community", "exclusive", "exclusive"]
    assert {piece.micro for piece in division.pieces} == {""}


def test_an_area_without_a_building_is_a_community_grid(run):  # R1
    division, _ = run(
        homes(40, 10),
        areas=[area("990199001001", -20, -20, 200, 200), area("990199001002", 180, -20, 50, 50)],
    )
    empty = [grid for grid in division.grids if grid.code.startswith("990199001002")]
    assert [grid.level for grid in empty] == ["community"]
    assert rules_broken(division) == {("buildings", "no_building")}


@pytest.mark.parametrize(
    ("x", "cause"),
    [(-100, "outside"), (400, "outside")],
)
def test_a_building_outside_its_area_is_stated_and_keeps_its_door(run, x, cause):
    features = [*homes(40, 10), unit(99, x, 0, households=2)]
    division, folder = run(features, areas=[area("990199001001", -20, -20, 200, 200)])
    assert ("area", cause) in rules_broken(division)
    assert faults(folder.parent / "units.geojson", folder) == []


def test_areas_that_overlap_are_stated_and_settled(run):
    other = homes(40, 10, start=50, x=150, community="990199001002")
    outlines = [area("990199001001", -20, -20, 200, 200), area("990199001002", 130, -20, 200, 200)]
    division, folder = run(homes(40, 10) + other, areas=outlines)
    assert ("area", "overlap") in rules_broken(division)
    assert faults(folder.parent / "units.geojson", folder) == []


def test_two_households_at_one_place_share_a_stack(run):
    twice = [unit(k, 0, 0, households=60) for k in range(6)]
    _, folder = run(twice)
    assert faults(folder.parent / "units.geojson", folder) == []


def test_another_jurisdiction_has_other_bounds(run):  # R8
    rules = GridRules(
        micro={"low": 10, "target": 20, "high": 25}, general={"low": 50, "target": 80, "high": 99}
    )
    division, _ = run(homes(60, 5), rules=rules)
    assert all(10 <= grid.households <= 25 for grid in division.grids if grid.level == "micro")
    assert all(50 <= grid.households <= 99 for grid in division.grids if grid.level == "general")


def test_names_can_be_spoken(run):  # R5
    division, _ = run(homes(40, 10, compound="玉兰苑"))
    names = [grid.name for grid in division.grids]
    assert "玉兰苑1号微网格" in names
    assert "玉兰苑1号一般网格" in names
    coded = run(homes(40, 10, compound="C0147"))[0]
    assert "春风路1号微网格" in [grid.name for grid in coded.grids]
