"""Cells (Voronoi) around the outlines of buildings: where what is nearest to one ends and another begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay
from shapely.geometry.base import BaseGeometry

_SPACING = 4.0  # metres between the points that stand for an outline
_COARSE = 12.0  # the same where no building of another owner is near
_WALL = 0.5  # metres by which outlines shrink, so that buildings wall to wall keep apart
_CLEARANCE = 1.0  # metres kept around a building that stands inside another's outline
_CLEAR = 0.05  # metres from a border, within which rounding might decide on which side a point lies
_REACH = 1e4  # metres; farther than any building reaches
_JOG = 1e-4  # metres; so that no four points lie on one circle

Shapes = NDArray[np.object_]
Points = NDArray[np.float64]
Ints = NDArray[np.int64]


def outline_points(footprints: Shapes, doors: Points, owner: Ints) -> tuple[Points, Ints]:
    """Points on the doors and outlines of buildings, shape (n, 2), and the building of each.

    They lie close together where buildings of other owners are near.
    """
    one, other = _pairs(footprints, _COARSE)
    apart = owner[one] != owner[other]
    one, other = one[apart], other[apart]
    gap = np.full(len(footprints), _COARSE)
    np.minimum.at(gap, one, shapely.distance(footprints[one], footprints[other]))
    outlines = shapely.buffer(_apart(footprints, doors, one, other), -_WALL, join_style="mitre")
    dense = shapely.segmentize(outlines, np.maximum(gap, _SPACING))
    points, of = shapely.get_coordinates(dense, return_index=True)
    points, of = np.vstack([doors, points]), np.concatenate([np.arange(len(doors)), of])
    first = np.sort(np.unique(np.round(points, 3), axis=0, return_index=True)[1])
    return points[first], of[first]


def inner_points(faces: Shapes) -> Shapes:
    """A point inside each face, clear of its border where the face is wide enough."""
    inner = np.asarray(shapely.point_on_surface(faces))
    close = shapely.distance(inner, shapely.boundary(faces)) < _CLEAR
    inner[close] = shapely.get_point(shapely.maximum_inscribed_circle(faces[close], _CLEAR), 0)
    return inner


def _pairs(footprints: Shapes, reach: float) -> tuple[Ints, Ints]:
    """Pairs of buildings within reach of each other; of several with the same outline the first alone."""
    first = np.unique(shapely.to_wkb(footprints), return_index=True)[1]
    one, other = shapely.STRtree(footprints[first]).query(
        footprints[first], predicate="dwithin", distance=reach
    )
    return first[one], first[other]


def _overlaps(footprints: Shapes, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """The smaller and the larger of each pair that has ground in common."""
    size = shapely.area(footprints)
    rank = np.lexsort((np.arange(len(size)), size)).argsort()
    smaller = rank[one] < rank[other]
    one, other = one[smaller], other[smaller]
    over = shapely.area(shapely.intersection(footprints[one], footprints[other])) > 1.0
    return one[over], other[over]


def _apart(footprints: Shapes, doors: Points, one: Ints, other: Ints) -> Shapes:
    """Outlines that do not overlap, each with its door inside.

    The smaller of two buildings keeps the common ground; where the larger has its door on it, the line
    half-way between the two doors parts them.
    """
    small, large = _overlaps(footprints, one, other)
    near = shapely.buffer(footprints[small], _CLEARANCE + _WALL)
    parted = shapely.contains(near, shapely.points(doors[large]))
    cut = footprints.copy()
    for k in range(len(small)):
        a, b = small[k], large[k]
        if not parted[k]:
            cut[b] = shapely.difference(cut[b], shapely.buffer(footprints[a], _CLEARANCE))
        elif (doors[a] != doors[b]).any():
            cut[a] = shapely.intersection(cut[a], _side(doors[a], doors[b]))
            cut[b] = shapely.intersection(cut[b], _side(doors[b], doors[a]))
    return cut


def _side(door: Points, other: Points) -> BaseGeometry:
    """All ground that is nearer to a door than to another one, for some kilometres around."""
    middle, across = (door + other) / 2, door - other
    across = across * (_REACH / np.hypot(*across))
    along = np.array([-across[1], across[0]])
    return shapely.Polygon([middle + along, middle + along + across, middle - along + across, middle - along])


@dataclass(frozen=True, slots=True)
class Ridges:
    """Borders of cells: `sites` (m, 2) on both sides, `ends` (m, 2) as numbers of `corners` (k, 2)."""

    sites: Ints
    ends: Ints
    corners: Points

    def lines(self, chosen: NDArray[np.bool_]) -> Shapes:
        """Segments of the ridges chosen by flags (m,), without those that have no length."""
        chosen = chosen & (self.ends[:, 0] != self.ends[:, 1])
        return np.asarray(shapely.linestrings(self.corners[self.ends[chosen]]))


def ridges(points: Points) -> Ridges:
    """Borders between the cells of points (n, 2) in metres; a ring of sites -1 far outside closes each."""
    low, high = points.min(axis=0), points.max(axis=0)
    reach = 4.0 * float((high - low).max()) + 1000.0
    ring = (low + high) / 2 + reach * np.array([(1, 0), (0, 1), (-1, 0), (0, -1)])
    jogged = points + np.random.default_rng(0).uniform(-_JOG, _JOG, points.shape)
    net = Delaunay(np.vstack([jogged, ring]))
    triangle, corner = np.nonzero(net.neighbors > np.arange(len(net.simplices))[:, None])
    sites = np.column_stack([net.simplices[triangle, (corner + k) % 3] for k in (1, 2)]).astype(np.int64)
    sites[sites >= len(points)] = -1
    ends = np.column_stack([triangle, net.neighbors[triangle, corner]]).astype(np.int64)
    return Ridges(sites, ends, _middles(net.points[net.simplices]))


def _middles(triangles: NDArray[np.float64]) -> Points:
    """Centres of the circles through the corners of triangles (n, 3, 2)."""
    a = triangles[:, 0]
    b, c = triangles[:, 1] - a, triangles[:, 2] - a
    area = 2 * (b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0])
    bb, cc = (b**2).sum(axis=1), (c**2).sum(axis=1)
    x = (c[:, 1] * bb - b[:, 1] * cc) / area
    y = (b[:, 0] * cc - c[:, 0] * bb) / area
    return np.asarray(a + np.column_stack([x, y]))
