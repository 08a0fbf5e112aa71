from dataclasses import replace

import numpy as np

from shige.division.engine.levels import draw
from shige.division.engine.revision import redraw, spread_out
from shige.profile.grids import Bounds, GridRules
from tests.division.engine.towns import sizes, town

RULES = GridRules(style="balanced", micro=Bounds(low=30, target=65, high=100))


def free(doors):
    return np.full(len(doors), -1, dtype=np.int64)


def in_force(doors):
    levels = draw(doors, RULES, free(doors))
    return replace(doors, before=levels.micro, above=levels.general)


def test_nothing_moves_where_nothing_changed():  # R7
    doors = in_force(town(1, 120))
    again = redraw(doors, RULES, free(doors))
    assert (again.micro == doors.before).all()
    assert (again.general == doors.above).all()


def test_only_a_grid_that_grew_too_large_is_cut():
    doors = in_force(town(2, 120))
    grown = np.flatnonzero(doors.before == 3)
    households = doors.households.copy()
    households[grown] += 60 // len(grown) + 20
    doors = replace(doors, households=households, doors=households)
    again = redraw(doors, RULES, free(doors))
    assert again.breaches == 0
    moved = {g for g in range(doors.before.max() + 1) if len(set(again.micro[doors.before == g])) > 1}
    assert 3 in moved
    assert len(moved) <= 3


def test_a_dear_move_is_made_only_for_the_bounds():
    doors = in_force(town(3, 120))
    new = replace(doors, before=np.where(np.arange(120) % 40 == 7, -1, doors.before))
    again = redraw(new, RULES.model_copy(update={"moving_price": 5.0}), free(doors))
    known = new.before >= 0
    pairs = set(zip(new.before[known].tolist(), again.micro[known].tolist(), strict=True))
    assert len(pairs) == len(set(new.before[known]))
    assert all(30 <= size <= 100 for size in sizes(again.micro, doors.doors))


def test_new_doors_take_the_number_of_their_nearest_neighbour():
    doors = town(4, 50)
    known = np.where(np.arange(50) < 25, 0, 1)
    known[10] = -1
    assert spread_out(doors, known)[10] == 0
    assert sorted(set(spread_out(doors, np.full(50, -1)))) == [0]
