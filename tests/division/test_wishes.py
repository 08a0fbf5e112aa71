"""What planners ask by hand is granted, or refused with the reason (R6)."""

from shapely.geometry import LineString

from shige.division import Wishes, read_assignment
from tests.division.cities import LAT, LON, METRE, unit


def homes(count=64, households=10, columns=8):
    return [unit(k, k % columns * 20, k // columns * 20, households=households) for k in range(count)]


def micro_of(division):
    return {piece.unit: piece.micro for piece in division.pieces}


def refusals(division):
    return {(found.rule, found.cause) for found in division.violations}


def test_buildings_asked_for_together_share_a_micro_grid(run):
    group = frozenset({"U0000", "U0003"})
    found = micro_of(run(homes(), wishes=Wishes(together=(group,)))[0])
    assert found["U0000"] == found["U0003"]


def test_too_many_together_are_refused_with_their_number(run):
    group = frozenset(f"U{k:04d}" for k in range(12))
    division, _ = run(homes(), wishes=Wishes(together=(group,)))
    assert refusals(division) == {("together", "together_large")}
    assert "120 doors together" in division.violations[0].why


def test_buildings_too_far_from_each_other_are_refused(run):
    division, _ = run(homes(144, columns=12), wishes=Wishes(together=(frozenset({"U0000", "U0143"}),)))
    assert refusals(division) == {("together", "together_far")}


def test_buildings_asked_for_apart_lie_in_different_micro_grids(run):
    found = micro_of(run(homes(), wishes=Wishes(apart=(("U0000", "U0001"),)))[0])
    assert found["U0000"] != found["U0001"]


def test_no_micro_grid_crosses_a_drawn_line(run):
    line = LineString([(LON + 76 * METRE, LAT - 50 * METRE), (LON + 76 * METRE, LAT + 400 * METRE)])
    division, _ = run(homes(), wishes=Wishes(lines=(line,)))
    found = micro_of(division)
    west = {found[f"U{k:04d}"] for k in range(64) if k % 8 < 4}
    east = {found[f"U{k:04d}"] for k in range(64) if k % 8 >= 4}
    assert not west & east
    assert not division.violations


def test_a_line_that_leaves_too_few_doors_is_stated(run):
    line = LineString([(LON + 16 * METRE, LAT - 50 * METRE), (LON + 16 * METRE, LAT + 16 * METRE)])
    line = LineString([*line.coords, (LON - 50 * METRE, LAT + 16 * METRE)])
    division, _ = run(homes(), wishes=Wishes(lines=(line,)))  # the first house stands alone behind it
    assert {found.rule for found in division.violations} & {"line", "micro_doors"}


def test_locked_grids_stay_as_they_are(run):
    features = homes()
    first, folder = run(features)
    lock = first.pieces[0].micro
    changed = [
        f | {"properties": f["properties"] | {"households": 22 if f["properties"]["id"] > "U0040" else 10}}
        for f in features
    ]
    second, _ = run(
        changed, previous=read_assignment(folder / "assignment.csv"), wishes=Wishes(locked=frozenset({lock}))
    )
    held = [{p.unit for p in division.pieces if p.micro == lock} for division in (first, second)]
    assert held[0] == held[1]


def test_a_lock_that_names_no_grid_is_refused(run):
    lock = "990199001001200099"
    division, _ = run(homes(), wishes=Wishes(locked=frozenset({lock})))
    assert refusals(division) == {("locked", "locked_unknown")}


def test_a_building_of_nowhere_cannot_be_held_together(run):
    division, _ = run(homes(), wishes=Wishes(together=(frozenset({"U0000", "U9999"}),)))
    assert refusals(division) == {("together", "together_elsewhere")}
