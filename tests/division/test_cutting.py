from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shige.division.cutting import Row, Scale, cut
from shige.profile.grids import GridRules


def row(households, shops=None, **seams):
    count = len(households)
    doors = np.array(households) + np.array(shops or [0] * count)
    arrays = {
        "households": np.array(households, dtype=np.int64),
        "doors": doors.astype(np.int64),
        "x": np.arange(count) * 10.0,
        "y": np.zeros(count),
        "hours": doors / 60.0,
        "before": np.full(count, -1),
    }
    for name in ("cut_micro", "cut_general", "join_micro", "join_general"):
        arrays[name] = np.array(seams.get(name, [0.0] * count))
    return Row(**arrays)


def sizes(counts, starts):
    return [int(part.sum()) for part in np.split(np.array(counts), starts[1:])]


def scale(**rules):
    return Scale(GridRules(**rules), 100.0, True)


@given(st.lists(st.integers(1, 30), min_size=40, max_size=120))
@settings(deadline=None, max_examples=40)
def test_small_buildings_are_always_cut_within_both_bounds(households):  # R2, R3
    if sum(households) < 600:
        return
    micro, general, _ = cut(row(households), scale())
    assert all(30 <= size <= 100 for size in sizes(households, micro))
    assert all(300 <= size <= 500 for size in sizes(households, general))
    assert set(general) <= set(micro)


def test_bounds_hold_wherever_some_cut_holds_them():
    dice = np.random.default_rng(7)
    for _ in range(60):
        doors = dice.integers(5, 100, size=8)
        possible = any(
            all(30 <= size <= 100 for size in sizes(doors, [0, *cuts]))
            for k in range(8)
            for cuts in combinations(range(1, 8), k)
        )
        micro, _, _ = cut(row(doors), scale(general={"low": 1, "target": 400, "high": 5000}))
        assert all(30 <= size <= 100 for size in sizes(doors, micro)) == possible


def test_grids_are_near_the_target_where_doors_allow_it():
    assert sizes([10] * 40, cut(row([10] * 40), scale())[0]) == [80] * 5


def test_shops_count_as_doors_of_a_micro_grid():
    micro, _, _ = cut(row([0] * 16, [10] * 16), scale())
    assert sizes([10] * 16, micro) == [80, 80]


def test_a_border_goes_where_it_is_cheap():
    price = [0.0 if k == 7 else 5.0 for k in range(14)]
    assert cut(row([10] * 14, cut_micro=price), scale())[0].tolist() == [0, 7]


def test_a_grid_does_not_cross_a_barrier_that_it_can_leave_out():
    price = [20.0 if k == 6 else 0.0 for k in range(12)]
    assert cut(row([10] * 12, join_micro=price), scale())[0].tolist() == [0, 6]


def test_no_general_border_where_none_is_allowed():
    price = [np.inf if k % 10 else 0.0 for k in range(80)]
    general = cut(row([10] * 80, cut_general=price), scale())[1]
    assert general.tolist() == [0, 40]


def test_in_the_countryside_the_row_is_one_general_grid():  # R2
    found = cut(row([10] * 80), Scale(GridRules(), 100.0, False))
    assert found[1].tolist() == [0]
    assert sizes([10] * 80, found[0]) == [80] * 10


@pytest.mark.parametrize(("price", "starts"), [(0.0, [0, 8]), (1.0, [0, 4, 10])])
def test_moving_has_its_price(price, starts):  # R7
    doors = row([10] * 16)
    doors.before[:] = [0] * 4 + [1] * 6 + [2] * 6
    assert cut(doors, scale(moving_price=price))[0].tolist() == starts


def test_hours_over_the_aim_break_a_grid_where_they_bind():  # R3
    doors = row([10] * 16)
    doors.hours[:] = 0.5
    assert len(cut(doors, scale(aim="informs"))[0]) == 2
    assert len(cut(doors, scale(aim="binds"))[0]) == 3
