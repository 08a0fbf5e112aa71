"""Compounds are grids as a street office draws them, and every exception says why (R6)."""

from shige.profile.grids import GridRules
from tests.division.cities import barrier, unit


def yards(households, per_yard=6, count=12):
    """Courtyards of `per_yard` houses in two columns, side by side."""
    return [
        unit(
            y * per_yard + k, y % 4 * 90 + k % 2 * 25, y // 4 * 110 + k // 2 * 25, households=households,
            compound=f"玉兰苑{y}",
        )
        for y in range(count)
        for k in range(per_yard)
    ]  # fmt: skip


def grids_of(division):
    found = {}
    for piece in division.pieces:
        found.setdefault(int(piece.unit[1:]) // 6, set()).add(piece.micro)
    return found


def test_a_courtyard_of_thirty_to_a_hundred_doors_is_one_micro_grid(run):
    found = grids_of(run(yards(8))[0])
    assert all(len(grids) == 1 for grids in found.values())
    assert len({code for grids in found.values() for code in grids}) == 12


def test_small_courtyards_join_whole(run):
    division, _ = run(yards(4, count=16))
    assert all(len(grids) == 1 for grids in grids_of(division).values())
    assert not [found for found in division.violations if found.rule == "compound"]


def test_a_compound_across_a_river_says_that_it_is_split(run):
    river = barrier("river", (102, -90), (102, 900))  # through the courtyards of the second column
    division, _ = run(yards(14), [river])
    split = [found for found in division.violations if found.rule == "compound"]
    assert {found.cause for found in split} == {"compound_parted"}
    assert split[0].why.startswith("river part the 84 doors of 玉兰苑1 into ")


def test_balanced_says_nothing_of_walls(run):
    division, _ = run(yards(8), rules=GridRules(style="balanced"))
    assert not [found for found in division.violations if found.rule == "compound"]
