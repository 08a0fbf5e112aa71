import numpy as np
import pytest
import shapely

from shige.division.areas import doors_of
from shige.division.cells import hidden, outline_points, ridges


def boxes(*bounds):
    return np.array([shapely.box(*b) for b in bounds], dtype=object)


def test_ridges_are_the_borders_of_the_cells():
    net = ridges(np.array([(0.0, 0.0), (10.0, 0.0)]))
    (line,) = net.lines((net.sites >= 0).all(axis=1))
    assert line.distance(shapely.Point(5, 0)) == pytest.approx(0, abs=1e-3)
    assert line.length > 1000


def test_points_of_one_lattice_have_closed_cells():
    points = np.array([(x * 10.0, y * 10.0) for x in range(8) for y in range(8)])
    cells = shapely.get_parts(
        shapely.polygonize(ridges(points).lines(np.ones(len(ridges(points).ends), bool)))
    )
    assert len(cells) == 64
    assert sorted(cell.area for cell in cells)[:36] == pytest.approx([100] * 36, rel=1e-3)


def test_outlines_are_dense_only_where_others_are_near():
    shapes = boxes((0, 0, 40, 40), (42, 0, 82, 40), (300, 0, 340, 40))
    counts = np.bincount(outline_points(shapes, doors_of(shapes), np.array([0, 1, 2]))[1])
    assert counts[0] == counts[1] > 2 * counts[2]
    alone = np.bincount(outline_points(shapes, doors_of(shapes), np.array([0, 0, 2]))[1])
    assert alone[0] == counts[2]


def test_buildings_of_one_outline_stand_for_each_other():
    shapes = boxes(*[(0, 0, 10, 10)] * 4)
    assert set(outline_points(shapes, doors_of(shapes), np.arange(4))[1]) == {0}


def test_a_door_on_the_ground_of_a_smaller_building_is_hidden():
    shapes = boxes((0, 0, 60, 60), (25, 25, 35, 35), (5, 5, 15, 15), (100, 0, 110, 10))
    assert hidden(shapes, doors_of(shapes)).tolist() == [[1, 0]]
