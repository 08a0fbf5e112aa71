from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shige.division.engine.doors import chosen, held_together
from shige.division.engine.levels import draw, micros
from shige.profile.grids import Bounds, GridRules, GridWeights
from tests.division.engine.oracle import j_price, least
from tests.division.engine.towns import connected, sizes, town

BALANCED = GridRules(style="balanced", micro=Bounds(low=30, target=65, high=100))
STREETS = GridRules()


def free(doors):
    return np.full(len(doors), -1, dtype=np.int64)


@pytest.mark.parametrize("rules", [BALANCED, STREETS])
@given(seed=st.integers(0, 10**6), count=st.integers(80, 160))
@settings(deadline=None, max_examples=20)
def test_both_levels_hold_their_bounds_nest_and_hang_together(rules, seed, count):  # R2, R3
    doors = town(seed, count)
    levels = draw(doors, rules, free(doors))
    assert all(30 <= size <= 100 for size in sizes(levels.micro, doors.doors))
    assert all(300 <= size <= 500 for size in sizes(levels.general, doors.households))
    assert len(set(zip(levels.micro, levels.general, strict=True))) == levels.micro.max() + 1
    assert connected(levels.micro, doors.edges)
    assert connected(levels.general, doors.edges)
    assert levels.breaches == 0


@pytest.mark.parametrize("total", [300, 500, 600, 620, 900, 1000])
def test_tight_sums_are_met_where_any_division_meets_them(total):
    doors = town(total, total // 10, low=10, high=11)
    levels = draw(doors, STREETS, free(doors))
    assert levels.breaches == 0
    assert sum(sizes(levels.general, doors.households)) == total


@pytest.mark.parametrize("seed", range(4))
def test_a_small_community_is_within_one_hundredth_of_the_best_division(seed):
    doors = town(seed, 40, low=12, high=26)
    points = np.column_stack([doors.x, doors.y])
    price = j_price(points, doors.households, doors.compound, 65)
    bound, best = least(doors.households, doors.edges, price)
    label = micros(doors, BALANCED.model_copy(update={"effort": 16}), free(doors))
    cost = sum(price(np.flatnonzero(label == grid)) for grid in range(label.max() + 1))
    assert bound <= best <= cost * (1 + 1e-9)
    assert cost <= 1.01 * best


def test_compounds_that_could_be_grids_are_not_split_or_mixed_by_streets():  # R6
    doors = town(5, 144, low=6, high=12, yard=3)  # nine houses of 6 to 11 make a courtyard
    label = micros(doors, STREETS, free(doors))
    pairs = {(int(c), int(m)) for c, m in zip(doors.compound, label, strict=True)}
    assert len(pairs) == doors.compound.max() + 1 == label.max() + 1


def test_a_compound_on_both_banks_is_split_along_the_river_alone():  # R6
    doors = town(8, 144, low=6, high=12, yard=3)
    west = doors.x < np.sort(doors.x)[66]
    doors.between[west[doors.edges[:, 0]] != west[doors.edges[:, 1]]] = 2
    label = micros(doors, STREETS, free(doors))
    sides = set(zip(doors.compound.tolist(), west.tolist(), strict=True))
    grids = set(zip(doors.compound.tolist(), west.tolist(), label.tolist(), strict=True))
    assert len(sides) > doors.compound.max() + 1
    assert len(grids) == len(sides)


def test_a_grid_crosses_a_barrier_only_where_one_side_cannot_be_a_grid():  # R6
    doors = town(9, 100)
    west = doors.x < np.sort(doors.x)[40]
    doors.between[west[doors.edges[:, 0]] != west[doors.edges[:, 1]]] = 2
    label = micros(doors, BALANCED, free(doors))
    assert not set(label[west]) & set(label[~west])


def test_fixed_atoms_stay_one_grid_by_themselves():
    doors = town(3, 100)
    fixed = free(doors)
    fixed[np.argsort(doors.x + doors.y)[:4]] = 7
    levels = draw(doors, STREETS, fixed)
    own = set(levels.micro[fixed == 7])
    assert len(own) == 1
    assert not own & set(levels.micro[fixed < 0])


def test_foes_are_parted():
    doors = town(4, 100)
    label = micros(doors, BALANCED, free(doors))
    edge = next(pair for pair in doors.edges.tolist() if label[pair[0]] == label[pair[1]])
    apart = micros(replace(doors, foes=np.array([edge])), BALANCED, free(doors))
    assert apart[edge[0]] != apart[edge[1]]


def test_measured_work_is_shared_out_evenly():  # R7
    doors = town(6, 120)
    busy = replace(doors, load=np.where(doors.x < np.median(doors.x), 9.0, 1.0))
    spread = []
    for weight in (0.0, 20.0):
        rules = BALANCED.model_copy(update={"weights": GridWeights(workload=weight)})
        label = micros(busy, rules, free(busy))
        spread.append(np.bincount(label, weights=busy.load).std())
    assert spread[1] < spread[0]


def test_what_is_held_together_keeps_its_sums_and_its_neighbours():
    doors = town(2, 30)
    group = np.arange(30) // 3
    nodes = held_together(doors, group)
    assert nodes.households.tolist() == np.bincount(group, weights=doors.households).tolist()
    assert {tuple(pair) for pair in nodes.edges.tolist()} == {
        tuple(sorted((int(group[a]), int(group[b])))) for a, b in doors.edges if group[a] != group[b]
    }
    part = chosen(doors, np.arange(10))
    assert part.edges.max() < 10
