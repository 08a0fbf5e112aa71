"""Outlines for buildings of which only a point is known (R5)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from shige.division.units import Unit
from shige.geo.plane import Plane

SIDE: Final = 12.0
"""Metres of the square that stands for a building with nothing near it."""

LEAST: Final = 1.0
"""Metres of the smallest square."""

ONE_PLACE: Final = 0.2
"""Metres; what is nearer lies at one place, as a list does that knows a compound's gate alone."""


def with_footprints(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give each building that is only a point a square that touches no neighbour's.

    Buildings at one place get the same square. Degrees in, degrees out.
    """
    shapes = np.array([unit.geometry for unit in units], dtype=object)
    points = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.POINT)
    if not len(points):
        return tuple(units)
    plane = Plane.about(shapely.total_bounds(shapes).reshape(2, 2))
    flat = np.asarray(shapely.transform(shapes, plane.to_metres))
    half = _sides(flat, points) / 2
    x, y = shapely.get_x(flat[points]), shapely.get_y(flat[points])
    squares = shapely.transform(shapely.box(x - half, y - half, x + half, y + half), plane.to_lonlat)
    drawn = dict(zip(points.tolist(), squares, strict=True))
    return tuple(replace(unit, geometry=drawn.get(k, unit.geometry)) for k, unit in enumerate(units))


def _sides(shapes: NDArray[np.object_], points: NDArray[np.int64]) -> NDArray[np.float64]:
    """Side (n,) in metres of the square of each point, by whatever is nearest to it."""
    reach = SIDE * np.sqrt(2.0)
    point, other = shapely.STRtree(shapes).query(shapes[points], predicate="dwithin", distance=reach)
    away = shapely.distance(shapes[points[point]], shapes[other])
    # Two squares keep apart where neither side is longer than the larger of both ways between their middles,
    # a square and an outline where half of its diagonal is shorter than the way.
    twin = np.isin(other, points)
    free = np.where(twin, away / np.sqrt(2.0), away * np.sqrt(2.0))
    side = np.full(len(points), SIDE)
    beside = away > ONE_PLACE
    np.minimum.at(side, point[beside], free[beside])
    return np.asarray(np.maximum(side, LEAST))
