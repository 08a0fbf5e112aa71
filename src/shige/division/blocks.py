"""Blocks between roads, railways and rivers, and the borders of cells inside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shige.division.cells import Ints, Points, Ridges, Shapes, inner_points, ridges

_PREMISES = 15.0  # metres around an office, market or park that are its own
_ALONE = 60.0  # the same where nobody else has a door in the block
_STRIP = 6.0  # metres; narrower ground between premises and their neighbours is not told apart from them
_SMALL = 30.0  # square metres, without a strip along its edge; smaller ground is not told apart either
_LARGE = 2000.0  # square metres; smaller ground without a door is not cut


@dataclass(frozen=True, slots=True)
class Block:
    """Ground (metres), the lines that cut it, and what its places are nearest to.

    Attributes
    ----------
    points, owner
        Points of the buildings that may own ground here, shape (n, 2) and (n,).
    common
        Ground that goes to the nearest of `free`, (n,); the rest goes to the nearest of `home`, (n,).
    """

    ground: BaseGeometry
    lines: Shapes
    points: Points
    owner: Ints
    home: NDArray[np.bool_]
    free: NDArray[np.bool_]
    common: BaseGeometry

    def nearest(self, where: Shapes) -> Ints:
        """Owner (n,) of the ground at each of n points."""
        shared = shapely.contains(self.common, where)
        owner = np.empty(len(where), dtype=np.int64)
        for here, entitled in ((shared, self.free), (~shared, self.home)):
            if here.any():
                at = cKDTree(self.points[entitled]).query(shapely.get_coordinates(where[here]))[1]
                owner[here] = self.owner[entitled][at]
        return owner


def blocks_of(
    roads: Sequence[BaseGeometry],
    region: BaseGeometry,
    footprints: Shapes,
    doors: Points,
    owner: Ints,
    shy: NDArray[np.bool_],
    points: Points,
    of: Ints,
    net: Callable[[], Ridges],
) -> list[Block]:
    """Cut a region into blocks; the points of a building count in the block of its door.

    What is left without a door goes to the nearest building anywhere.
    """
    grounds = _grounds(roads, region)
    home = np.full(len(doors), -1, dtype=np.int64)
    door, ground = shapely.STRtree(grounds).query(shapely.points(doors), predicate="intersects")
    home[door] = ground
    whose, free = owner[of], ~shy[of]
    made = []
    everywhere = None
    for k, shape in enumerate(grounds):
        mine = home[of] == k
        if mine.any():
            alone = not free[mine].any()  # what is far from an office goes to homes across the road
            near = _premises(footprints[shy & (home == k)], _ALONE if alone else _PREMISES)
            lines = _between(net() if mine.all() else ridges(points[mine]), whose[mine])
            made.append(_block(shape, lines, points, whose, mine, free if alone else free & mine, near))
            continue
        if everywhere is None:
            near = _premises(footprints[shy], _PREMISES)
            everywhere = _block(region, _between(net(), whose), points, whose, ~mine, free, near)
        lines = _clipped(everywhere.lines, shape) if shape.area > _LARGE else everywhere.lines[:0]
        made.append(replace(everywhere, ground=shape, lines=lines))
    return made


def _grounds(roads: Sequence[BaseGeometry], region: BaseGeometry) -> Shapes:
    """The region cut along roads; of rivers and squares the outline of all together."""
    shapely.prepare(region)
    courses = np.array([road for road in roads if shapely.intersects(region, road)], dtype=object)
    if not len(courses):
        return np.array([region], dtype=object)
    flat = shapely.get_dimensions(courses) == 2
    net = shapely.union_all(
        [*courses[~flat], shapely.union_all(courses[flat]).boundary, region.boundary], grid_size=1e-5
    )
    faces = shapely.get_parts(shapely.polygonize([net]))
    return np.asarray(faces[shapely.contains(region, shapely.point_on_surface(faces))])


def _premises(footprints: Shapes, reach: float) -> BaseGeometry:
    return shapely.union_all(shapely.buffer(footprints, reach, join_style="mitre", mitre_limit=1.6))


def _block(
    ground: BaseGeometry,
    lines: Shapes,
    points: Points,
    owner: Ints,
    home: NDArray[np.bool_],
    free: NDArray[np.bool_],
    premises: BaseGeometry,
) -> Block:
    common: BaseGeometry = shapely.Polygon()
    found = [_clipped(lines, ground)]
    if free.any() and not free[home].all():
        common = _common(lines, ground, points[home], free[home], premises)
        if not common.is_empty:
            found += [
                _clipped(_between(ridges(points[free]), owner[free]), common),
                shapely.boundary(shapely.get_parts(common)),
            ]
    return Block(ground, np.concatenate(found), points, owner, home, free, common)


def _between(net: Ridges, owner: Ints) -> Shapes:
    """Borders between the cells of different owners."""
    sides = np.where(net.sites < 0, -1, owner[net.sites])
    return net.lines(sides[:, 0] != sides[:, 1])


def _common(
    lines: Shapes, ground: BaseGeometry, points: Points, free: NDArray[np.bool_], premises: BaseGeometry
) -> BaseGeometry:
    """Ground that is nearest to modest buildings and yet not theirs."""
    cells = shapely.get_parts(shapely.polygonize(lines))
    nearest = cKDTree(points).query(shapely.get_coordinates(inner_points(cells)))[1]
    theirs = shapely.union_all(cells[~free[nearest]])
    left = shapely.intersection(shapely.difference(theirs, premises), ground)
    wide = shapely.get_parts(shapely.buffer(left, -_STRIP / 2, join_style="mitre"))
    grown = shapely.buffer(wide[shapely.area(wide) > _SMALL], _STRIP / 2 + 0.01, join_style="mitre")
    return shapely.intersection(shapely.union_all(grown), left)


def _clipped(lines: Shapes, ground: BaseGeometry) -> Shapes:
    shapely.prepare(ground)
    lines = lines[shapely.intersects(ground, lines)]
    across = ~shapely.contains(ground, lines)
    lines[across] = shapely.intersection(lines[across], ground)
    return lines
