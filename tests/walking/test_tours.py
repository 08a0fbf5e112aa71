from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shige.walking import tour, tour_length

_points = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=30, unique=True
).map(lambda points: np.array(points, dtype=float))


@given(_points, st.booleans())
@settings(deadline=None)
def test_a_tour_visits_every_point_once(points, closed):
    assert sorted(tour(points, closed=closed)) == list(range(len(points)))


@given(_points, st.booleans())
@settings(deadline=None)
def test_the_same_points_give_the_same_tour(points, closed):
    assert np.array_equal(tour(points, closed=closed), tour(points.copy(), closed=closed))


@pytest.mark.parametrize("closed", [True, False])
def test_a_small_tour_is_hardly_longer_than_the_shortest(closed):
    for seed in range(10):
        points = np.random.default_rng(seed).uniform(0, 100, (7, 2))
        shortest = min(
            tour_length(points, np.array(order), closed=closed) for order in permutations(range(7))
        )
        found = tour_length(points, tour(points, closed=closed), closed=closed)
        assert shortest - 1e-9 <= found <= 1.2 * shortest


def test_two_opt_takes_out_crossings():
    square = np.array([[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0], [5.0, -1.0]])
    assert tour_length(square, tour(square)) == pytest.approx(30 + 2 * np.hypot(5, 1))


def test_a_closed_tour_comes_home():
    line = np.array([[0.0, 0.0], [30.0, 0.0], [10.0, 0.0]])
    assert tour_length(line, tour(line)) == 60.0
    assert tour_length(line, tour(line, closed=False), closed=False) == 30.0


def test_one_door_is_no_walk():
    assert tour_length(np.array([[3.0, 4.0]]), tour(np.array([[3.0, 4.0]]))) == 0.0
