"""The engine against the best division of communities of about 150 atoms, found by another method."""

import numpy as np
import pytest
from bench.division.districts import district
from bench.division.ours import communities, doors_of

from shige.division.engine.levels import micros
from shige.profile.grids import Bounds, GridRules, GridWeights
from tests.division.columns import columns, cost, least
from tests.division.engine.oracle import connected_sets
from tests.division.engine.oracle import least as least_of_all
from tests.division.engine.towns import town

AS_J = GridRules(
    style="balanced", effort=16, micro=Bounds(low=30, target=65, high=100), weights=GridWeights(size=20 / 122)
)
"""Sizes weigh as in J; by itself `balanced` gives them six times that."""


def every_set(doors):
    points = np.column_stack([doors.x, doors.y])
    return columns(points, doors.households, doors.compound, doors.edges)


def price(doors, label):
    return cost(label, np.column_stack([doors.x, doors.y]), doors.households, doors.compound)


def drawn(doors):
    return micros(doors, AS_J, np.full(len(doors), -1, dtype=np.int64))


def test_every_connected_set_is_found_once():
    doors = town(8, 25, low=10, high=30)
    near = [set() for _ in range(25)]
    for one, other in doors.edges.tolist():
        near[one].add(other)
        near[other].add(one)
    found = every_set(doors)
    sets = [tuple(sorted(part)) for part in np.split(found.members, found.starts[1:-1])]
    assert len(sets) == len(set(sets))
    assert set(sets) == {tuple(sorted(s)) for s in connected_sets(near, doors.households, 30, 100)}


def test_columns_that_enter_by_and_by_give_the_bound_of_all_columns():
    doors = town(2, 40, low=12, high=26)
    prices = dict(zip(*_priced(every_set(doors)), strict=True))

    def price_of(members):
        return prices[tuple(members.tolist())]

    bound, whole = least_of_all(doors.households, doors.edges, price_of)
    best = least(every_set(doors), price(doors, drawn(doors)))
    assert best.fractional == pytest.approx(bound)
    assert best.floor == best.whole == pytest.approx(whole)


def _priced(found):
    parts = np.split(found.members, found.starts[1:-1])
    return [tuple(sorted(part.tolist())) for part in parts], found.costs.tolist()


def towers_and_slabs():
    place = district(1, 24, "new town")
    return doors_of(place, communities(place)[0])


@pytest.mark.parametrize(
    "doors", [town(0, 150, low=12, high=26), towers_and_slabs()], ids=["houses", "towers"]
)
def test_a_community_is_within_one_hundredth_of_its_best_division(doors):
    ours = price(doors, drawn(doors))
    best = least(every_set(doors), ours)
    assert best.fractional <= best.floor == best.whole <= ours
    assert ours <= 1.01 * best.whole
