import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from shige.division.pieces import atoms_of, joined, read_part, spread
from shige.division.units import Unit


def building(households, shops, entrances, floors):
    return Unit("U", "990199001001", Point(104, 30), households, shops, entrances=entrances, floors=floors)


_buildings = st.builds(
    building, st.integers(0, 600), st.integers(0, 60), st.integers(1, 8), st.integers(1, 40)
)


def test_households_are_spread_from_below_and_shops_on_the_first_floor():
    households, shops = spread(building(8, 3, 2, 3))
    assert households.tolist() == [[2, 1, 1], [2, 1, 1]]
    assert shops.tolist() == [[2, 0, 0], [1, 0, 0]]


@given(_buildings)
def test_atoms_hold_every_door_and_floor_once(unit):
    atoms = list(atoms_of(0, unit, 50))
    assert sum(atom.households for atom in atoms) == unit.households
    assert sum(atom.shops for atom in atoms) == unit.shops
    floors = [(a.entrance, f) for a in atoms if a.entrance for f in range(a.low, a.high + 1)]
    assert len(floors) == len(set(floors)) == (unit.entrances * unit.floors if atoms[0].entrance else 0)


@given(_buildings)
def test_small_buildings_stay_whole(unit):
    assert (len(list(atoms_of(0, unit, unit.doors))) == 1) is True


@given(_buildings, st.randoms(use_true_random=False))
def test_pieces_say_which_floors_they_hold(unit, dice):
    atoms = list(atoms_of(0, unit, 50))
    grids = [dice.randint(0, 1) for _ in atoms]
    rows = list(joined(atoms, grids))
    assert sum(row[3] for row in rows) == unit.households
    if len(set(grids)) == 1:
        assert [row[1] for row in rows] == [""]
    for _, part, grid, households, _ in rows:
        entrance, low, high = read_part(part)
        held = [
            atom.households
            for atom, own in zip(atoms, grids, strict=True)
            if own == grid
            and entrance in (0, atom.entrance)
            and low <= atom.low
            and atom.high <= (high or 99)
        ]
        assert sum(held) == households


@pytest.mark.parametrize(
    ("part", "read"),
    [("", (0, 0, 0)), ("e2", (2, 0, 0)), ("e2f1-9", (2, 1, 9)), ("e0", None), ("f1-9", None), ("e2f3", None)],
)
def test_parts_are_read_as_they_are_written(part, read):
    assert read_part(part) == read
