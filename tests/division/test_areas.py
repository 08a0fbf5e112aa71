import numpy as np
import pytest
import shapely

from shige.division.areas import Links, doors_of, fill


def houses(*corners, size=10):
    return np.array([shapely.box(x, y, x + size, y + size) for x, y in corners], dtype=object)


def lattice(count):
    return houses(*[(x * 25, y * 25) for x in range(count) for y in range(count)])


def filled(shapes, owner, region, modest=None, **options):
    return fill(shapes, doors_of(shapes), np.array(owner), region, modest, **options)


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
    assert office.within(shapes[1].buffer(16, join_style="mitre"))


def test_borders_follow_the_road_between_two_owners():  # R6
    shapes = houses((0, 0), (60, 0))
    region, road = shapely.box(-20, -50, 100, 50), shapely.LineString([(20, -60), (20, 60)])
    west, east = filled(shapes, [0, 1], region, roads=[road])
    assert_partition([west, east], region)
    assert west.equals(shapely.box(-20, -50, 20, 50))
    assert east.equals(shapely.box(20, -50, 100, 50))


def test_a_road_that_ends_inside_the_region_parts_nothing():
    shapes = houses((0, 0), (60, 0))
    region, road = shapely.box(-20, -50, 100, 50), shapely.LineString([(20, -60), (20, 0)])
    assert_partition(filled(shapes, [0, 1], region, roads=[road]), region)


def test_ground_across_a_river_without_a_building_goes_to_the_nearest():
    shapes = houses((0, 0), (60, 0))
    region, river = shapely.box(-20, -50, 100, 150), shapely.box(-30, 40, 110, 80)
    west, east = filled(shapes, [0, 1], region, roads=[river])
    assert_partition([west, east], region)
    assert west.contains(shapely.Point(0, 140))
    assert east.contains(shapely.Point(90, 140))


def test_an_office_alone_in_its_block_has_the_block():
    shapes = houses((0, 0), (60, 0))
    region, road = shapely.box(-20, -20, 100, 30), shapely.LineString([(30, -60), (30, 60)])
    _, office = filled(shapes, [0, 1], region, np.array([False, True]), roads=[road])
    assert office.equals(shapely.box(30, -20, 100, 30))


def crossing():
    """Buildings of one owner on a diagonal, and closer to each other two owners on the other diagonal."""
    return houses((0, 0), (15, 15), (1, 12), (12, 1)), [1, 1, 0, 2], shapely.box(-20, -20, 50, 50)


def pieces(parts):
    return [int(shapely.get_num_geometries(part)) for part in parts]


def test_the_ground_of_neighbours_is_joined_by_a_neck():  # R5
    shapes, owner, region = crossing()
    assert pieces(filled(shapes, owner, region)) == [1, 2, 1]
    joined = filled(shapes, owner, region, links=Links(np.array([(0, 1)]), np.array([-1, -1, -1])))
    assert_partition(joined, region)
    assert pieces(joined) == [1, 1, 1]


def test_grids_of_one_general_grid_are_joined_by_a_neck():
    shapes, _, region = crossing()
    links = Links(np.array([(0, 1)]), np.array([4, 4, -1, -1]))
    joined = filled(shapes, [0, 1, 2, 3], region, links=links)
    assert_partition(joined, region)
    assert shapely.union(joined[0], joined[1]).geom_type == "Polygon"


def test_neighbours_are_joined_inside_a_bend_of_the_region():  # their cells meet outside it
    shapes = houses((0, 0), (60, 0), (30, 22))
    region = shapely.box(-5, -5, 75, 50).difference(shapely.box(25, -5, 45, 4.5))
    links = Links(np.array([(0, 1)]), np.array([-1, -1]))
    apart = filled(shapes, [0, 0, 1], region)
    joined = filled(shapes, [0, 0, 1], region, links=links)
    assert_partition(joined, region)
    assert pieces(apart) == [2, 1]
    assert pieces(joined) == [1, 1]


def test_the_strip_between_two_carriageways_has_one_owner():
    shapes = houses((0, 0), (0, 20), (60, 4), (60, 24))
    ways = [shapely.LineString([(x, -60), (x, 100)]) for x in (30, 38)]
    parts = filled(shapes, [0, 1, 2, 3], shapely.box(-20, -20, 90, 50), roads=ways)
    strip = shapely.box(31, -19, 37, 49)
    assert max(part.intersection(strip).area for part in parts) == pytest.approx(strip.area)


def test_a_river_is_shared_by_its_banks():
    shapes = houses((0, 0), (60, 0))
    river = shapely.box(22, -60, 48, 100)
    west, east = filled(shapes, [0, 1], shapely.box(-20, -50, 90, 50), roads=[river])
    assert west.contains(shapely.Point(26, 0))
    assert east.contains(shapely.Point(44, 0))


def test_a_door_beside_a_border_keeps_its_ground_and_the_rest_is_simple():
    shapes, owner, region = lattice(6), np.repeat([0, 1, 2, 3], 9), shapely.box(-20, -20, 160, 160)
    doors = doors_of(shapes)
    simple = fill(shapes, doors, owner, region)
    middle = shapely.shared_paths(simple[0].exterior, simple[1].exterior)
    border = np.array(sorted(shapely.get_coordinates(middle).tolist()))
    doors[np.flatnonzero(owner == 0)[-1]] = border[len(border) // 2] + (0.0, 3.0)
    assert not all(simple[k].contains(shapely.Point(door)) for k, door in zip(owner, doors, strict=True))
    parts = fill(shapes, doors, owner, region)
    assert_partition(parts, region)
    assert all(parts[k].contains(shapely.Point(door)) for k, door in zip(owner, doors, strict=True))
    assert parts[3].equals(simple[3])


def test_nobody_is_parted_by_a_neck():
    shapes, _, region = crossing()
    links = Links(np.array([(0, 1)]), np.array([-1, -1]))
    assert pieces(filled(shapes, [1, 1, 0, 0], region, links=links)) == [1, 2]


def test_no_neck_leaves_the_region():
    shapes = houses((0, 0), (40, 0))
    region = shapely.union_all([shapely.box(-5, -5, 15, 15), shapely.box(35, -5, 55, 15)])
    links = Links(np.array([(0, 1)]), np.array([-1]))
    assert_partition(filled(shapes, [0, 0], region, links=links), region)


def test_offices_alone_share_the_region():
    region = shapely.box(-20, -100, 300, 100)
    parts = filled(houses((0, 0), (200, 0)), [0, 1], region, np.array([True, True]))
    assert_partition(parts, region)
