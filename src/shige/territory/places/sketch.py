"""A small picture of a place: the buildings and roads around it as paths of an SVG, no script, no tiles."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ..models import Building, Feature
from ..shapes import METRES_PER_DEGREE, Box, from_wkb

WIDTH: Final = 360
HEIGHT: Final = 180
METRES: Final = 240.0
"""What the picture is wide on the ground."""

MOST: Final = 150


@dataclass(frozen=True, slots=True)
class Road:
    """A road of the picture: its line, its width and its name ("" where it is too short to bear one)."""

    path: str
    width: float
    name: str

    @property
    def inner(self) -> float:
        """The width without the edge."""
        return max(self.width - 2, 1.0)


@dataclass(frozen=True, slots=True)
class Sketch:
    """Paths in a drawing of ``WIDTH`` by ``HEIGHT`` whose middle is the place."""

    own: str
    others: str
    green: str
    water: str
    roads: tuple[Road, ...]


def sketch(lon: float, lat: float, building: int | None = None) -> Sketch:
    """Return the picture of a place; ``building`` is drawn apart from the others. Two statements."""
    frame = _Frame(lon, lat)
    houses = Building.objects.filter(box__overlaps=frame.box).values_list("pk", "shape")[:MOST]
    shapes = [(pk, frame.drawn(from_wkb(shape))) for pk, shape in houses]
    features = [
        (kind, grade, name, width, frame.drawn(from_wkb(shape)))
        for kind, grade, name, width, shape in Feature.objects.filter(box__overlaps=frame.box).values_list(
            "kind", "grade", "name", "width", "shape"
        )[:MOST]
    ]
    water = [shape for kind, grade, _, _, shape in features if kind == "water" or grade == "river"]
    return Sketch(
        own=_paths(shape for pk, shape in shapes if pk == building),
        others=_paths(shape for pk, shape in shapes if pk != building),
        green=_paths(shape for kind, *_, shape in features if kind in ("park", "green", "pitch")),
        water=_paths(water),
        roads=tuple(
            Road(_paths([shape]), max(width or 6.0, 4.0) * frame.scale, name if shape.length > 90 else "")
            for kind, grade, name, width, shape in features
            if kind == "barrier" and grade != "river" and not shape.is_empty
        ),
    )


class _Frame:
    """Turns degrees into the units of the picture, and cuts off what lies outside."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat
        self.scale = WIDTH / METRES
        self.up = self.scale * METRES_PER_DEGREE
        self.along = self.up * math.cos(math.radians(lat))

    @property
    def box(self) -> Box:
        """The ground of the picture in degrees."""
        east, north = WIDTH / 2 / self.along, HEIGHT / 2 / self.up
        return self.lon - east, self.lat - north, self.lon + east, self.lat + north

    def drawn(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in the units of the picture, x to the right, y downwards."""
        flat = shapely.transform(
            shape,
            lambda points: (points - (self.lon, self.lat)) * (self.along, -self.up) + (WIDTH / 2, HEIGHT / 2),
        )
        return shapely.clip_by_rect(shapely.simplify(flat, 0.5), -9, -9, WIDTH + 9, HEIGHT + 9)


def _paths(shapes: Iterable[BaseGeometry]) -> str:
    return "".join(_path(part) for shape in shapes for part in shapely.get_parts(shape))


def _path(part: BaseGeometry) -> str:
    if part.is_empty or part.geom_type not in ("Polygon", "LineString"):
        return ""
    lines = [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]
    end = "Z" if isinstance(part, shapely.Polygon) else ""
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in line.coords) + end for line in lines)
