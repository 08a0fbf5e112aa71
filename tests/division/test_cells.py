import numpy as np
import pytest
import shapely

from shige.division.areas import doors_of
from shige.division.cells import inner_points, outline_points, ridges


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


@pytest.mark.parametrize("step", [10, 7, 4.9, 2, 0.5])
def test_a_building_on_the_ground_of_others_keeps_ground_around_its_own_door(step):
    shapes = boxes(*[(x * step, y * step, x * step + 7, y * step + 7) for x in range(4) for y in range(4)])
    doors = doors_of(shapes)
    points, of = outline_points(shapes, doors, np.arange(16))
    assert set(of.tolist()) == set(range(16))
    nearest = np.hypot(*(points[:, None] - doors).transpose(2, 0, 1)).argmin(axis=1)
    assert step > 4.9 or (nearest == of).all()


def test_a_large_building_around_small_ones_keeps_its_door():
    shapes = boxes((0, 0, 60, 60), (25, 25, 36, 36), (5, 5, 15, 15))
    points, of = outline_points(shapes, doors_of(shapes), np.arange(3))
    assert shapely.distance(shapely.points(30, 30), shapely.MultiPoint(points[of == 0])) == 0
    assert set(of.tolist()) == {0, 1, 2}


def test_a_point_inside_a_pinched_face_is_clear_of_its_border():
    pinched = shapely.Polygon([(0, 0), (20, 0), (20, 20), (0, 20), (9.99999, 10)])
    mirrored = shapely.Polygon([(0, 0), (10, 9.999999), (20, 0), (20, 20), (10, 10.000001), (0, 20)])
    faces = np.array([pinched, mirrored], dtype=object)
    inner = inner_points(faces)
    assert shapely.contains(faces, inner).all()
    assert (shapely.distance(inner, shapely.boundary(faces)) > 0.05).all()
