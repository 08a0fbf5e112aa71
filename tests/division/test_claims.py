import itertools

import numpy as np
import pytest
import shapely

from shige.division.areas import doors_of
from shige.division.claims import CommunityGround, settle
from shige.division.outlines import hull
from tests.division.test_areas import houses


def ground(shapes):
    return CommunityGround(shapes, doors_of(shapes))


def test_areas_that_hold_their_doors_stay_as_they_are():
    areas = {"a": shapely.box(0, 0, 50, 50), "b": shapely.box(50, 0, 100, 50)}
    grounds = {"a": ground(houses((10, 10))), "b": ground(houses((70, 10)))}
    assert settle(areas, grounds) == areas


def test_where_areas_overlap_the_nearest_building_decides():
    areas = {"a": shapely.box(0, 0, 60, 50), "b": shapely.box(40, 0, 100, 50)}
    grounds = {"a": ground(houses((45, 0))), "b": ground(houses((45, 40)))}
    settled = settle(areas, grounds)
    assert settled["a"].intersection(settled["b"]).area == pytest.approx(0, abs=1e-3)
    assert shapely.union_all(list(settled.values())).area == pytest.approx(5000, abs=1e-2)
    assert all(settled[c].contains(shapely.points(grounds[c].doors)).all() for c in "ab")


def test_a_building_outside_its_area_takes_its_ground_with_it():
    areas = {"a": shapely.box(0, 0, 50, 50), "b": shapely.box(50, 0, 100, 50)}
    grounds = {"a": ground(houses((10, 10), (70, 20))), "b": ground(houses((85, 35)))}
    settled = settle(areas, grounds)
    assert all(settled[c].contains(shapely.points(grounds[c].doors)).all() for c in "ab")
    assert settled["a"].intersection(settled["b"]).area == pytest.approx(0, abs=1e-3)
    assert settled["b"].area > 2300


def test_the_hull_is_the_buffered_hull_of_the_buildings():
    assert hull(ground(houses((0, 0), (30, 0)))).bounds == (-20, -20, 60, 30)


def scattered(dice, middle, count):
    return middle + dice.normal(0, 60, (count, 2))


def stacked(dice, middle, count):
    return middle + np.round(dice.normal(0, 60, (count, 2)) / 20) * 20


def in_a_row(dice, middle, count):
    return middle + np.column_stack([dice.uniform(0, 150, count), np.zeros(count)])


def through_each_other(dice, middle, count):
    return dice.uniform(0, 250, (count, 2))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("placed", [scattered, stacked, in_a_row, through_each_other])
def test_communities_without_areas_get_ground_of_their_own(placed, seed):
    dice = np.random.default_rng(seed)
    grounds = {}
    for code in "abcde":
        corners = placed(dice, dice.uniform(0, 300, 2), int(dice.integers(1, 25)))
        size = dice.uniform(5, 30, (len(corners), 2))
        grounds[code] = ground(np.asarray(shapely.box(*corners.T, *(corners + size).T)))
    settled = settle({code: hull(own) for code, own in grounds.items()}, grounds)
    assert all(area.is_valid for area in settled.values())
    assert shapely.coverage_is_valid(list(settled.values()))
    for one, other in itertools.combinations(settled.values(), 2):
        assert shapely.area(shapely.intersection(one, other, grid_size=1e-5)) < 1
    if placed is not stacked:  # doors at one place cannot lie in the ground of both
        assert all(settled[c].covers(shapely.points(own.doors)).all() for c, own in grounds.items())
