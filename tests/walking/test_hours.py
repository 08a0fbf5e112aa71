import pytest

from shige.profile.grids import GridRules
from shige.walking import climb_seconds, round_hours

RULES = GridRules()


def test_a_notice_takes_a_minute_at_each_door_and_a_check_three():
    assert round_hours(60, 0, 0, RULES) == 1.0
    assert round_hours(60, 0, 0, RULES, task="check") == 3.0


def test_people_share_the_doors_and_the_stairs_but_each_walks():
    way = 1.1 * 3600
    assert round_hours(120, 3600, way, RULES, people=2) == pytest.approx(1.0 + 0.5 + 1.0)


def test_stairs_take_longer_than_a_lift_and_the_ground_floor_nothing():
    assert climb_seconds(7, False, RULES) == 90.0
    assert climb_seconds(7, True, RULES) == 48.0
    assert climb_seconds(1, False, RULES) == 0.0


def test_another_jurisdiction_walks_at_its_own_speed():  # R8
    assert round_hours(0, 0, 3600, GridRules(walking_speed=1.0)) == 1.0
