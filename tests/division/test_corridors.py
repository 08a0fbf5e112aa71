import numpy as np
import pytest
import shapely

from shige.division.corridors import corridors
from shige.division.necks import Map

WEST, EAST, BETWEEN = shapely.box(0, 0, 10, 10), shapely.box(30, 4, 40, 6), shapely.box(10, 0, 30, 10)
DOORS = np.array([(5.0, 5.0), (35.0, 5.0), (20.0, 9.0)])
LINKS = np.array([(0, 1)])


def held():
    return Map(np.array([WEST, EAST, BETWEEN], dtype=object), np.array([0, 0, 1]), DOORS, np.array([0, 0, 1]))


def found(region, group=(0, 1), links=LINKS):
    return list(corridors(held(), np.array(group), links, region))


def test_a_way_joins_two_pieces_of_one_owner_inside_the_region():
    region = shapely.union_all([WEST, EAST, BETWEEN])
    for number, neck in found(region):
        assert number == 0
        assert neck.owner == 0
        assert region.covers(neck.shape)
        assert shapely.union_all([WEST, EAST, neck.shape]).geom_type == "Polygon"


def test_the_widest_way_comes_first():
    areas = [neck.shape.area for _, neck in found(shapely.box(0, 0, 40, 10))]
    assert len(areas) == 4
    assert min(areas[:2]) > 1.5 * max(areas[2:])


def test_pieces_that_are_no_neighbours_are_not_joined():
    assert not found(shapely.box(0, 0, 40, 10), links=np.array([(0, 2)]))


def test_no_way_leaves_the_region():
    assert not found(shapely.union_all([WEST, EAST, shapely.box(10, 0, 12, 10)]))


def test_owners_of_one_group_are_joined_too():
    parted = Map(held().parts, np.array([0, 2, 1]), DOORS, np.array([0, 2, 1]))
    whole = shapely.box(0, 0, 40, 10)
    assert not list(corridors(parted, np.array([0, 1, 2]), LINKS, whole))
    assert [number for number, _ in corridors(parted, np.array([5, -1, 5]), LINKS, whole)][:1] == [0]


def test_a_way_is_as_wide_as_people_walk():
    (_, first), *_ = found(shapely.box(0, -20, 40, 30))
    assert first.shape.intersection(BETWEEN).area == pytest.approx(20 * 5.0)
