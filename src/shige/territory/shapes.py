"""Geometry between shapely and the database: WKB and a box, in WGS-84 degrees."""

import math
from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
"""West, south, east, north."""

METRES_PER_DEGREE = 111_320.0


def wkb(geometry: BaseGeometry) -> bytes:
    """Return the geometry as it is stored."""
    return bytes(shapely.to_wkb(geometry))


def from_wkb(stored: bytes | memoryview) -> BaseGeometry:
    """Read a stored geometry."""
    return shapely.from_wkb(bytes(stored))


def box_of(geometry: BaseGeometry) -> Box:
    """Return the geometry's bounds."""
    west, south, east, north = geometry.bounds
    return west, south, east, north


def around(lon: float, lat: float, metres: float) -> Box:
    """Return the box that holds everything within ``metres`` of a point."""
    north = metres / METRES_PER_DEGREE
    east = north / math.cos(math.radians(lat))
    return lon - east, lat - north, lon + east, lat + north


def metres_from(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Return the metres from a point to the nearest part of a shape near it; 0 inside it."""
    nearest = shapely.shortest_line(shapely.Point(lon, lat), geometry).coords[-1]
    east = (nearest[0] - lon) * math.cos(math.radians(lat))
    return math.hypot(east, nearest[1] - lat) * METRES_PER_DEGREE


def hull(boxes: Iterable[Box]) -> Box | None:
    """Return the box that holds all boxes; None where there is none."""
    sides = list(zip(*boxes, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None
