import numpy as np
import pytest
import shapely

from shige.division.areas import doors_of, fill
from shige.division.outlines import Ground, hull, settle


def houses(*corners, size=10):
    return np.array([shapely.box(x, y, x + size, y + size) for x, y in corners], dtype=object)


def lattice(count):
    return houses(*[(x * 25, y * 25) for x in range(count) for y in range(count)])


def filled(shapes, owner, region, modest=None):
    return fill(shapes, doors_of(shapes), np.array(owner), region, modest)


def assert_partition(parts, region):
    assert all(part.is_valid for part in parts)
    assert shapely.union_all(parts).symmetric_difference(region).area == pytest.approx(0, abs=1e-3)
    assert sum(part.area for part in parts) == pytest.approx(region.area)


def test_areas_fill_the_region_without_overlap_and_hold_their_doors():  # R5
    shapes = lattice(6)
    owner = np.arange(36) // 7
    region = shapely.box(-30, -30, 190, 190).difference(shapely.Point(67.5, 67.5).buffer(5))
    parts = filled(shapes, owner, region)
    assert_partition(parts, region)
    assert all(
        parts[k].contains(shapely.Point(door)) for k, door in zip(owner, doors_of(shapes), strict=True)
    )


def test_a_region_of_two_pieces_is_filled_in_both():
    region = shapely.union_all([shapely.box(-5, -5, 40, 15), shapely.box(200, 0, 230, 30)])
    parts = filled(houses((0, 0), (25, 0)), [0, 1], region)
    assert_partition(parts, region)


def test_buildings_in_one_line_have_areas():
    region = shapely.box(-10, -10, 100, 20)
    assert_partition(filled(houses((0, 0), (25, 0), (50, 0), (75, 0)), [0, 0, 1, 1], region), region)


def test_one_owner_has_the_whole_region():
    region = shapely.box(-10, -10, 50, 50)
    assert filled(houses((0, 0)), [0], region)[0].equals(region)


def test_a_tower_in_a_larger_outline_keeps_its_ground():
    shapes = np.array([shapely.box(0, 0, 60, 60), shapely.box(5, 5, 20, 20)], dtype=object)
    region = shapely.box(-20, -20, 80, 80)
    podium, tower = filled(shapes, [0, 1], region)
    assert_partition([podium, tower], region)
    assert tower.intersection(shapes[1]).area > 0.9 * shapes[1].area
    assert tower.area < 900


def test_an_office_takes_only_the_ground_close_to_it():
    shapes = houses((0, 0), (200, 0))
    region = shapely.box(-20, -100, 300, 100)
    home, office = filled(shapes, [0, 1], region, np.array([False, True]))
    assert_partition([home, office], region)
    assert office.within(shapes[1].buffer(16))


def test_offices_alone_share_the_region():
    region = shapely.box(-20, -100, 300, 100)
    parts = filled(houses((0, 0), (200, 0)), [0, 1], region, np.array([True, True]))
    assert_partition(parts, region)


def ground(shapes):
    return Ground(shapes, doors_of(shapes))


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
