"""What of the imported ground lies in the way of somebody on foot (R13)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.geo.plane import Plane
from shige.territory.models import Feature
from shige.territory.shapes import around, from_wkb
from shige.trust.jurisdiction import profile
from shige.walking.reach import Ground, minutes_on_foot

STREAMS: Final = frozenset({"river", "rail"})
"""Classes of barriers that are no roads."""

ASKED: Final = (Feature.Kind.BARRIER, Feature.Kind.WATER, Feature.Kind.PATH)


def walked(lon: float, lat: float, places: Sequence[tuple[float, float]]) -> tuple[list[float | None], bool]:
    """Return the minutes on foot from a place to others (WGS-84 degrees), and whether ways are known here.

    None where it is further than the circle of the profile, or no way leads there. Where nothing of the
    ground was imported, it is the straight line at the same speed, and no way is known. One statement.
    """
    circle = profile().circle
    plane = Plane(lon, lat)
    ground = _ground_around(lon, lat, circle.minutes * 60 * circle.speed, plane)
    targets = plane.to_metres(np.array(places, dtype=np.float64).reshape(-1, 2))
    if ground is None:
        found = _straight(targets, circle.minutes, circle.speed)
    else:
        found = minutes_on_foot((0.0, 0.0), targets, ground, minutes=circle.minutes, speed=circle.speed)
    return [float(value) if np.isfinite(value) else None for value in found], ground is not None


def _straight(targets: NDArray[np.float64], minutes: float, speed: float) -> NDArray[np.float64]:
    taken = np.hypot(*targets.T) / speed / 60
    return np.where(taken <= minutes, taken, np.inf)


def _ground_around(lon: float, lat: float, metres: float, plane: Plane) -> Ground | None:
    """Return what was imported around a place; None where nothing of roads, water or paths was."""
    rows = Feature.objects.filter(box__overlaps=around(lon, lat, metres), kind__in=ASKED)
    roads: list[BaseGeometry] = []
    streams: list[BaseGeometry] = []
    water: list[BaseGeometry] = []
    ways: list[BaseGeometry] = []
    for kind, grade, stored in rows.values_list("kind", "grade", "shape"):
        if kind == Feature.Kind.WATER:
            held = water
        elif kind == Feature.Kind.BARRIER and grade in profile().grids.barriers:
            held = streams if grade in STREAMS else roads
        else:
            held = ways
        held.append(shapely.transform(from_wkb(stored), plane.to_metres))
    if not (roads or streams or water or ways):
        return None
    return Ground(roads=roads, streams=streams, water=water, ways=ways)
