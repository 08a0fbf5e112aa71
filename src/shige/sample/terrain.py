"""Bends the hand-drawn plan into roads, river, communities and building blocks (metres, east and north)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, substring

Points = NDArray[np.float64]

WIDTHS = {"primary": 30.0, "secondary": 22.0, "tertiary": 15.0, "minor": 9.0, "river": 36.0}
PAVEMENT = 4.5
BANK = 5.0
LONGEST_STUB = 75.0
CUTS = 4
FINE = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """A road or the river."""

    name: str
    kind: str
    shape: LineString
    limit: bool

    @property
    def width(self) -> float:
        """Width in metres from kerb to kerb, or from bank to bank."""
        return WIDTHS[self.kind]


@dataclass(frozen=True, slots=True)
class Terrain:
    """The ground before anything is built on it."""

    bend: Bend
    lines: tuple[Line, ...]
    communities: dict[str, Polygon]
    water: BaseGeometry
    carriageways: BaseGeometry
    blocks: tuple[Polygon, ...]
    banks: tuple[BaseGeometry, ...]


class Bend:
    """A gentle, seeded bending of the plane, so that no street is ruled with a ruler."""

    def __init__(self, rng: np.random.Generator, rotation: float, scale: float) -> None:
        self._phase = rng.uniform(0, 2 * math.pi, 4)
        self._angle = math.radians(rotation)
        self._scale = scale

    def __call__(self, points: Points) -> Points:
        """Map drawn points to the ground, both (n, 2) in metres."""
        u, v = points[:, 0] * self._scale, points[:, 1] * self._scale
        p, turn = self._phase, 2 * math.pi
        x = u + 24 * np.sin(turn * v / 1700 + p[0]) + 9 * np.sin(turn * (u + v) / 900 + p[1])
        y = v + 20 * np.sin(turn * u / 1500 + p[2]) + 9 * np.sin(turn * (u - v) / 1000 + p[3])
        cos, sin = math.cos(self._angle), math.sin(self._angle)
        return np.column_stack([x * cos - y * sin, x * sin + y * cos])

    def point(self, drawn: list[float]) -> Point:
        """Map one drawn point."""
        return Point(self(np.array([drawn], dtype=float))[0])


def lay_out(town: dict[str, Any], rng: np.random.Generator) -> Terrain:
    """Bend the town of `town.toml` and cut it into communities and blocks."""
    bend = Bend(rng, town["rotation"], town["scale"])
    lines = _lines(town, bend)
    edge = _curve(town["edge"]["points"], bend)
    river = lines[-1].shape
    limits = [line.shape for line in lines if line.limit]
    communities = _communities(town["communities"], [*limits, edge], bend)
    towns = shapely.union_all([communities[c["code"]] for c in town["communities"] if c["kind"] == "urban"])
    water = river.buffer(WIDTHS["river"] / 2, cap_style="flat")
    roads = [road.shape.buffer(road.width / 2 + PAVEMENT, cap_style="flat") for road in lines[:-1]]
    carriageways = shapely.union_all(roads)
    faces = polygonize(shapely.union_all([*(line.shape for line in lines), edge]))
    blocks, banks = [], []
    for face in faces:
        if not towns.contains(face.representative_point()):
            continue
        ground = face.difference(carriageways).buffer(-0.5).buffer(0.5)
        if face.distance(river) < 1:
            banks.append(ground.difference(river.buffer(WIDTHS["river"] / 2 + BANK)))
        elif ground.area > 2000:
            blocks.append(max(getattr(ground, "geoms", [ground]), key=lambda piece: piece.area))
    return Terrain(bend, lines, communities, water, carriageways, tuple(blocks), tuple(banks))


def one_polygon(shape: BaseGeometry) -> Polygon:
    """Return a shape that must be a single polygon; TypeError where the drawing made several of it."""
    if not isinstance(shape, Polygon):
        raise TypeError(f"one polygon expected, found {shape.geom_type}")
    return shape


def _lines(town: dict[str, Any], bend: Bend) -> tuple[Line, ...]:
    drawn = [(r["name"], r["class"], _curve(r["points"], bend), r.get("limit", False)) for r in town["roads"]]
    river = Line(town["river"]["name"], "river", _curve(town["river"]["points"], bend), True)
    roads = []
    for name, kind, shape, limit in drawn:
        others = shapely.union_all([other for title, _, other, _ in drawn if title != name])
        roads.append(Line(name, kind, _without_stubs(shape, others), limit))
    return (*roads, river)


def _curve(points: list[list[float]], bend: Bend) -> LineString:
    """Round the corners of a drawn line by cutting them (Chaikin 1974), then bend it."""
    drawn = np.array(points, dtype=float)
    for _ in range(CUTS):
        near, far = drawn[:-1] * 0.75 + drawn[1:] * 0.25, drawn[:-1] * 0.25 + drawn[1:] * 0.75
        between = np.stack([near, far], axis=1).reshape(-1, 2)
        drawn = np.concatenate([drawn[:1], between, drawn[-1:]])
    return LineString(LineString(bend(drawn)).simplify(FINE).coords)


def _without_stubs(road: LineString, others: BaseGeometry) -> LineString:
    """Cut short ends behind the last crossing, a metre past it so that the lines still meet when noded."""
    crossings = shapely.get_parts(road.intersection(others))
    places = sorted(road.project(Point(crossing.coords[0])) for crossing in crossings)
    start = places[0] - 1 if places[0] < LONGEST_STUB else 0.0
    end = places[-1] + 1 if road.length - places[-1] < LONGEST_STUB else road.length
    return LineString(substring(road, start, end).coords)


def _communities(drawn: list[dict[str, Any]], limits: list[LineString], bend: Bend) -> dict[str, Polygon]:
    faces = list(polygonize(shapely.union_all(limits)))
    communities: dict[str, Polygon] = {}
    for community in drawn:
        own = [face for face in faces if any(face.contains(bend.point(at)) for at in community["at"])]
        communities[community["code"]] = one_polygon(shapely.union_all(own))
    return communities
