"""Farmhouses along the lanes of villagers' groups, in groves among fields (林盘)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from shige.sample.terrain import Bend, one_polygon

LANE = 4.0
CLEARANCE = 2.5
Start = tuple[float, float, int, float]


@dataclass(frozen=True, slots=True)
class Hamlet:
    """One villagers' group (村民小组) in metres."""

    name: str
    lanes: tuple[BaseGeometry, ...]
    houses: tuple[Polygon, ...]
    grove: BaseGeometry


def hamlet(name: str, start: Start, bend: Bend, closed: BaseGeometry, rng: np.random.Generator) -> Hamlet:
    """Build a group from where its lane leaves the village road: drawn x, y, east (1) or west (-1), length.

    `closed` is ground that no house may touch: roads and water.
    """
    main, *sides = _lanes(*start, bend, rng)
    lanes = (main, *(_open_part(lane, closed) for lane in sides))
    surface = shapely.union_all([lane.buffer(LANE / 2 + 1.5) for lane in lanes])
    refused = closed.union(surface)
    houses: list[Polygon] = []
    for lane in lanes:
        for side in (1, -1):
            place = rng.uniform(8, 18)
            while place < lane.length:
                house = _house(lane, place, side, rng)
                apart = all(house.distance(other) > CLEARANCE for other in houses)
                if apart and not house.intersects(refused):
                    houses.append(house)
                place += rng.uniform(13.5, 16.5) if rng.random() > 0.05 else 28.0
    grove = shapely.union_all([house.buffer(17) for house in houses]).buffer(-6).difference(closed)
    return Hamlet(
        name,
        tuple(lane.intersection(grove.buffer(25)) for lane in lanes if lane.length > LANE),
        tuple(houses),
        grove,
    )


def fields(ground: BaseGeometry, rng: np.random.Generator) -> list[Polygon]:
    """Cut open ground into long strips with balks between, leaning with the town."""
    ground = ground.simplify(1.0)
    left, bottom, right, top = ground.bounds
    strips = []
    for x in np.arange(left - 200, right + 200, 74.0):
        y = bottom - rng.uniform(0, 60)
        while y < top:
            height = rng.uniform(26, 58)
            strips.append(box(x, y, x + 71, y + height - 2.5))
            y += height
    leaning = [affinity.rotate(strip, 13, origin=ground.centroid).intersection(ground) for strip in strips]
    pieces = [piece for strip in leaning for piece in shapely.get_parts(strip)]
    return [piece for piece in pieces if isinstance(piece, Polygon) and piece.buffer(-5).area > 250]


def _lanes(
    x: float, y: float, east: int, length: float, bend: Bend, rng: np.random.Generator
) -> tuple[LineString, ...]:
    """A winding lane with side lanes at each third, one up and one down."""
    sway = rng.uniform(8, 16) * rng.choice([-1, 1])
    steps = np.linspace(0, 1, 26)
    main = np.column_stack([x + east * length * steps, y + sway * np.sin(math.pi * 1.5 * steps)])
    lanes = [main]
    for share, up in ((0.3, 1), (0.32, -1), (0.62, 1), (0.64, -1), (0.94, 1), (0.96, -1)):
        at = main[round(share * 25)]
        reach = rng.uniform(88, 112)
        lean = rng.uniform(-6, 6)
        lanes.append(np.column_stack([at[0] + lean * steps**2, at[1] + up * reach * steps]))
    return tuple(LineString(bend(lane)) for lane in lanes)


def _open_part(lane: LineString, closed: BaseGeometry) -> LineString:
    """Return a lane as far as the first ground that is closed."""
    start = shapely.get_point(lane, 0)
    parts = shapely.get_parts(lane.difference(closed))
    return min((part for part in parts if isinstance(part, LineString)), key=start.distance)


def _house(lane: LineString, place: float, side: int, rng: np.random.Generator) -> Polygon:
    """A house beside a lane, two in five with a wing."""
    ahead = lane.interpolate(min(place + 2, lane.length))
    here = lane.interpolate(max(0.0, min(place, lane.length - 2)))
    angle = math.degrees(math.atan2(ahead.y - here.y, ahead.x - here.x)) + rng.uniform(-4, 4)
    length, depth = rng.uniform(10.5, 13.5), rng.uniform(8, 10)
    shape = box(-length / 2, -depth / 2, length / 2, depth / 2)
    if rng.random() < 0.4:
        low, high = sorted((0.0, side * (depth / 2 + 4)))
        shape = one_polygon(shape.union(box(length / 2 - 4, low, length / 2, high)))
    offset = side * (LANE / 2 + 3 + depth / 2 + rng.uniform(0, 2.5))
    turned = affinity.rotate(affinity.translate(shape, 0, offset), angle, origin=(0, 0))
    return affinity.translate(turned, here.x, here.y)
