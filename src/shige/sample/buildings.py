"""Fills blocks with lots, and lots with buildings of one pattern: rows, closed yards, shop fronts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from shige.sample.terrain import one_polygon

ALLEY = 5.0
WALL = 3.5
CLEARANCE = 5.0
Pattern = dict[str, Any]
Corner = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """A footprint on the ground in metres, with what its pattern says of it."""

    shape: Polygon
    entrances: int
    flats: int


def lots(block: Polygon, largest: float, rng: np.random.Generator) -> list[Polygon]:
    """Halve a block across its longer side until no lot is above `largest` m², with alleys between."""
    if block.area <= largest:
        return [block]
    centre, angle, length = _frame(block)
    place = rng.uniform(-0.08, 0.08) * length
    cut = affinity.rotate(LineString([(place, -900), (place, 900)]), angle, origin=(0, 0))
    alley = affinity.translate(cut, centre.x, centre.y).buffer(ALLEY / 2)
    halves = [half for half in shapely.get_parts(block.difference(alley)) if half.area > 900]
    return [lot for half in halves for lot in lots(half, largest, rng)]


def rows(lot: BaseGeometry, pattern: Pattern, rng: np.random.Generator) -> list[Building]:
    """Stand buildings in rows that face south, as far as the lot lets them."""
    angle = lean(lot)
    centre = lot.centroid
    level = affinity.rotate(lot, -angle, origin=centre)
    _, bottom, _, top = level.bounds
    built: list[Building] = []
    depth = rng.uniform(*pattern["depth"])
    pitch = rng.uniform(*pattern["rows"])
    count = max(1, math.floor((top - bottom - depth) / pitch) + 1)
    spare = (top - bottom - depth - (count - 1) * pitch) / 2
    for row in range(count):
        y = bottom + spare + depth / 2 + row * pitch
        for left, right in _clear_spans(level, y, depth):
            built += _row(left, right, y, depth, pattern, rng)
    return [
        Building(affinity.rotate(b.shape, angle, origin=centre), b.entrances, b.flats)
        for b in built
        if level.contains(b.shape)
    ]


def courtyard(lot: BaseGeometry, pattern: Pattern, rng: np.random.Generator) -> list[Building]:
    """Close a yard with buildings along its walls, and rows within where there is room (老院落)."""
    built: list[Building] = []
    depth = rng.uniform(*pattern["depth"])
    for piece in shapely.get_parts(lot):
        for start, end in _sides(piece):
            along = LineString([start, end])
            for building in _row(depth * 0.2, along.length - depth * 0.2, depth / 2, depth, pattern, rng):
                stood = Building(_along(building.shape, along), building.entrances, building.flats)
                if piece.contains(stood.shape) and _apart(stood.shape, built):
                    built.append(stood)
    inside = lot.difference(around(built, 14.0))
    roomy = [piece for piece in shapely.get_parts(inside) if piece.area > 500]
    return built + [building for piece in roomy for building in rows(piece, pattern, rng)]


def shop_fronts(block: Polygon, streets: BaseGeometry, rng: np.random.Generator) -> list[Building]:
    """Set low shops along the sides of a block that face a busy street; `entrances` counts the shops."""
    built: list[Building] = []
    for start, end in _sides(block):
        side = LineString([start, end])
        if side.length < 45 or side.interpolate(0.5, normalized=True).distance(streets) > 4:
            continue
        place = rng.uniform(12, 18)
        while place < side.length - 30:
            length, depth = rng.uniform(15, 38), rng.uniform(9, 12)
            if place + length < side.length - 12 and rng.random() < 0.62:
                shape = _along(box(place, 1.0, place + length, 1.0 + depth), side)
                if block.contains(shape) and _apart(shape, built):
                    built.append(Building(shape, max(2, int(length / 4.6)), 0))
            place += length + rng.uniform(5, 14)
    return built


def block_tower(centre: Point, angle: float, length: float, depth: float) -> Polygon:
    """Return one large building with cut corners."""
    body = box(-length / 2, -depth / 2, length / 2, depth / 2)
    corners = [box(-2.5, -2.5, 2.5, 2.5)] * 4
    places = [(x * length / 2, y * depth / 2) for x in (-1, 1) for y in (-1, 1)]
    cut = shapely.union_all([affinity.translate(c, *place) for c, place in zip(corners, places, strict=True)])
    shape = one_polygon(body.difference(cut))
    return affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), centre.x, centre.y)


def around(built: list[Building], metres: float) -> BaseGeometry:
    """Return the ground under buildings and `metres` around them."""
    boxes = [shapely.oriented_envelope(b.shape).buffer(metres, join_style="mitre") for b in built]
    return shapely.union_all(boxes)


def running_track(ground: Polygon, straight: float) -> Polygon:
    """Return an oval in the south-west corner of the ground, its straights `straight` metres long."""
    angle, radius = lean(ground), straight * 0.34
    inner = affinity.rotate(ground, -angle, origin=(0, 0)).buffer(-radius - 8)
    left, bottom, _, _ = inner.bounds
    start = shapely.shortest_line(Point(left, bottom), inner).coords[1]
    oval = LineString([start, (start[0] + straight, start[1])]).buffer(radius)
    return affinity.rotate(oval, angle, origin=(0, 0))


def gardens(lot: BaseGeometry, built: list[Building]) -> BaseGeometry:
    """Return the green between the buildings of a compound."""
    free = lot.buffer(-3).difference(around(built, 5.0))
    return free.buffer(-2.5).buffer(2).simplify(0.4)


def lean(lot: BaseGeometry) -> float:
    """Return the angle in degrees by which a lot's rows lean from east-west."""
    _, angle, _ = _frame(lot)
    return (angle + 45) % 90 - 45


def _row(
    left: float, right: float, y: float, depth: float, pattern: Pattern, rng: np.random.Generator
) -> Iterator[Building]:
    fitted, used, gap = [], 0.0, rng.uniform(*pattern["gap"])
    while True:
        entrances = int(rng.integers(pattern["entrances"][0], pattern["entrances"][1] + 1))
        length = entrances * rng.uniform(*pattern["stair"])
        while entrances > pattern["entrances"][0] and used + length > right - left:
            length, entrances = length * (entrances - 1) / entrances, entrances - 1
        if used + length > right - left:
            break
        fitted.append((entrances, length))
        used += length + gap
    spare = (right - left - used + gap) / (len(fitted) + 1) if fitted else 0.0
    x = left + spare
    for entrances, length in fitted:
        flats = int(rng.integers(pattern["flats"][0], pattern["flats"][1] + 1))
        yield Building(_footprint(x, y, length, depth, entrances), entrances, flats)
        x += length + gap + spare


def _footprint(x: float, y: float, length: float, depth: float, entrances: int) -> Polygon:
    """Outline a body with a stairwell standing out at the north of every entrance."""
    body = box(x, y - depth / 2, x + length, y + depth / 2 - 1.2)
    step = length / entrances
    stairs = [
        box(x + step * (i + 0.5) - 1.8, y + depth / 2 - 2, x + step * (i + 0.5) + 1.8, y + depth / 2)
        for i in range(entrances)
    ]
    south = y - depth / 2
    notches = [
        box(x + step * i - 1.1, south - 1, x + step * i + 1.1, south + 1.3) for i in range(1, entrances)
    ]
    return one_polygon(shapely.union_all([body, *stairs]).difference(shapely.union_all(notches)))


def _clear_spans(level: BaseGeometry, y: float, depth: float) -> list[tuple[float, float]]:
    left, _, right, _ = level.bounds
    lines = [LineString([(left - 1, y + dy), (right + 1, y + dy)]) for dy in (-depth / 2, 0.0, depth / 2)]
    spans = None
    for line in lines:
        cut = affinity.translate(level.intersection(line), 0, y - line.coords[0][1])
        spans = cut if spans is None else spans.intersection(cut)
    return [(part.bounds[0], part.bounds[2]) for part in shapely.get_parts(spans) if part.length > 8]


def _along(shape: Polygon, side: LineString) -> Polygon:
    """Lay a shape drawn beside the x-axis along a side, on its left."""
    (x0, y0), (x1, y1) = side.coords[0], side.coords[-1]
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), x0, y0)


def _sides(lot: Polygon) -> Iterator[tuple[Corner, Corner]]:
    """Yield the long, nearly straight sides of a lot, its inside on the left."""
    coords = list(orient(one_polygon(Polygon(lot.exterior).simplify(3.0))).exterior.coords)
    yield from ((a, b) for a, b in pairwise(coords) if math.dist(a, b) > 16)


def _apart(shape: Polygon, built: list[Building]) -> bool:
    return all(shape.distance(other.shape) > CLEARANCE for other in built)


def _frame(lot: BaseGeometry) -> tuple[Point, float, float]:
    """Return centre, angle of the longer side (degrees) and its length in the tightest rectangle."""
    corners = list(one_polygon(shapely.oriented_envelope(lot)).exterior.coords)
    length, a, b = max((math.dist(a, b), a, b) for a, b in pairwise(corners))
    return lot.centroid, math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])), length
