from itertools import pairwise

import numpy as np
import pytest
import shapely

from shige.division.mosaic import Mosaic, merged, narrow

NONE = np.empty((0, 2))
DOORS = [(5, 5), (16, 5)]  # of the two larger faces of `corner`


def strip(*edges):
    """Boxes side by side between these x, ten metres high."""
    return np.array([shapely.box(a, 0, b, 10) for a, b in pairwise(edges)], dtype=object)


def corner():
    """A house's ground, a small face beside it, and ground around two sides of that."""
    west = shapely.Polygon([(0, 0), (10, 0), (10, 4), (10, 10), (0, 10)])
    east = shapely.Polygon([(10, 4), (12, 4), (12, 0), (20, 0), (20, 10), (10, 10)])
    return np.array([west, shapely.box(10, 0, 12, 4), east], dtype=object)


def mosaic(faces, doors=NONE, owner=()):
    return Mosaic.of(faces, np.array(doors, dtype=float).reshape(-1, 2), np.array(owner, dtype=np.int64))


def settled(faces, label, doors, owner, loose=()):
    apart = np.isin(np.arange(len(faces)), loose)
    return mosaic(faces, doors, owner).settled(np.array(label), apart).tolist()


def test_faces_with_a_common_border_are_pairs_with_its_length():
    found = mosaic(strip(0, 5, 20, 21))
    assert found.pairs.tolist() == [[0, 1], [1, 2]]
    assert found.lengths == pytest.approx([10, 10])


def test_faces_that_touch_in_a_point_are_no_pair():
    corners = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2)], dtype=object)
    assert len(mosaic(corners).pairs) == 0


def test_pieces_are_what_hangs_together_under_one_label():
    assert mosaic(strip(0, 1, 2, 3, 4)).pieces(np.array([7, 7, 8, 7])).tolist() == [0, 0, 1, 2]


def test_a_piece_without_a_door_goes_to_the_neighbour_with_the_longest_border():
    assert settled(corner(), [0, 2, 1], DOORS, [0, 1]) == [0, 1, 1]


def test_pieces_behind_each_other_all_find_an_owner():
    assert settled(strip(0, 1, 2, 3, 4), [0, 1, 1, 1], [(0.5, 5)], [0]) == [0, 0, 0, 0]


def test_a_loose_face_is_given_away_though_it_hangs_together_with_its_owner():
    assert settled(corner(), [0, 0, 1], DOORS, [0, 1]) == [0, 0, 1]
    assert settled(corner(), [0, 0, 1], DOORS, [0, 1], loose=[1]) == [0, 1, 1]


def test_a_loose_face_with_a_door_or_without_neighbours_stays():
    faces = np.array([shapely.box(0, 0, 4, 10), shapely.box(100, 0, 110, 10)], dtype=object)
    assert settled(faces, [0, 0], [(2, 5)], [0], loose=[0, 1]) == [0, 0]


def test_ground_is_narrow_where_no_circle_fits():
    assert narrow(strip(0, 3, 20), 4.0).tolist() == [True, False]


def test_merged_faces_are_in_the_order_of_their_numbers():
    one, two = merged(strip(0, 1, 2, 3), np.array([1, 0, 0]))
    assert one.equals(shapely.box(1, 0, 3, 10))
    assert two.equals(shapely.box(0, 0, 1, 10))
