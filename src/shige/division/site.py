"""One community laid out in metres: doors, neighbours, and the blocks between barriers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shige.division.areas import doors_of
from shige.division.order import blocks, crossing, neighbours
from shige.division.units import Barrier, Unit
from shige.geo.plane import Plane


@dataclass(frozen=True, slots=True)
class Site:
    """The units of a community and how they lie.

    Attributes
    ----------
    points, footprints
        Door (n, 2) and outline (n,) of each unit, metres.
    edges, crosses
        Pairs (m, 2) of neighbouring units outside exclusive grids, and the number of the barrier that each
        pair crosses, -1 for none.
    block, street
        Of each unit, shape (n,): units with the same number reach each other without crossing a barrier, or
        without crossing a road of any class.
    """

    units: Sequence[Unit]
    plane: Plane
    points: NDArray[np.float64]
    footprints: NDArray[np.object_]
    edges: NDArray[np.int64]
    crosses: NDArray[np.int64]
    block: NDArray[np.int64]
    street: NDArray[np.int64]
    barriers: Sequence[Barrier]

    @property
    def ordinary(self) -> NDArray[np.int64]:
        """Indices of the units that belong in micro-grids."""
        return np.array([k for k, unit in enumerate(self.units) if not unit.exclusive], dtype=np.int64)

    def parts(self, members: NDArray[np.int64]) -> tuple[int, tuple[str, ...]]:
        """Into how many parts barriers cut these units (1: none does), and the classes of those barriers."""
        if (self.crosses < 0).all():
            return 1, ()
        within = np.isin(self.edges, members).all(axis=1)
        edges, crosses = self.edges[within], self.crosses[within]
        if (crosses < 0).all():
            return 1, ()
        reached = blocks(len(self.units), edges[crosses < 0])
        cut = reached[edges[:, 0]] != reached[edges[:, 1]]
        kinds = sorted({self.barriers[k].kind for k in crosses[cut]})
        if not kinds:
            return 1, ()
        apart = len(np.unique(reached[members]))
        together = len(np.unique(blocks(len(self.units), edges)[members]))
        return apart - together + 1, tuple(kinds)

    def clusters(self, members: NDArray[np.int64]) -> NDArray[np.int64]:
        """Number, from 0, of the group of neighbours of each of these units, whatever barriers lie between.

        Neighbours here have no other unit in the circle between them (Gabriel and Sokal, 1969): along a row
        the triangles that give `edges` also reach over many houses.
        """
        within = self.edges[np.isin(self.edges, members).all(axis=1)]
        one, other = self.points[within[:, 0]], self.points[within[:, 1]]
        reach = np.hypot(*(one - other).T) / 2
        tree = cKDTree(self.points[self.ordinary])
        between = tree.query_ball_point((one + other) / 2, reach * (1 - 1e-6), return_length=True)
        reached = blocks(len(self.units), within[between == 0])[members]
        return np.asarray(np.unique(reached, return_inverse=True)[1], dtype=np.int64)


def lay_out(units: Sequence[Unit], barriers: Sequence[Barrier], roads: Sequence[Barrier] = ()) -> Site:
    """Lay out a community on a plane of its own.

    Parameters
    ----------
    barriers, roads
        Those that should not be crossed, and the others, along which borders lie well.
    """
    shapes = np.array([unit.geometry for unit in units], dtype=object)
    doors = doors_of(shapes)  # in degrees, so that they are the same points for every reader of the file
    plane = Plane.about(doors)
    points = plane.to_metres(doors)
    footprints = np.asarray(shapely.transform(shapes, plane.to_metres))
    lines, lesser = (
        [shapely.transform(barrier.geometry, plane.to_metres) for barrier in kind]
        for kind in (barriers, roads)
    )
    ordinary = np.array([k for k, unit in enumerate(units) if not unit.exclusive], dtype=np.int64)
    edges = ordinary[neighbours(points[ordinary])]
    crosses = crossing(points, edges, lines)
    block = blocks(len(units), edges[crosses < 0])
    within = (crosses < 0) & (crossing(points, edges, lesser) < 0)
    street = blocks(len(units), edges[within])
    return Site(units, plane, points, footprints, edges, crosses, block, street, barriers)


def near(barriers: Sequence[Barrier], areas: Mapping[str, BaseGeometry]) -> dict[str, list[Barrier]]:
    """The barriers that touch the box around each area, in their order."""
    boxes = shapely.box(*shapely.bounds(np.array(list(areas.values()), dtype=object)).T)
    tree = shapely.STRtree([barrier.geometry for barrier in barriers])
    found: dict[str, list[Barrier]] = {code: [] for code in areas}
    codes = list(areas)
    for area, barrier in sorted(tree.query(boxes, predicate="intersects").T.tolist()):
        found[codes[area]].append(barriers[barrier])
    return found
