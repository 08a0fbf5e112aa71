"""The outline of a grid with its buildings as paths of an SVG, for print."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH: Final = 900.0
TALLEST: Final = 700.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Paths in one drawing of ``width`` by ``height``."""

    width: float
    height: float
    area: str
    own: str
    others: str
    roads: str

    @property
    def view_box(self) -> str:
        """The drawing with a margin for its outer line."""
        return f"-6 -6 {self.width + 12:.0f} {self.height + 12:.0f}"


def picture(
    area: BaseGeometry,
    own: Iterable[BaseGeometry],
    others: Iterable[BaseGeometry],
    roads: Iterable[BaseGeometry],
) -> Picture:
    """Draw a grid (degrees) with its own buildings, those around it and the roads, cut to its box."""
    west, south, east, north = area.bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(
        WIDTH / max((east - west) * squeeze, 1e-9),
        TALLEST / max(north - south, 1e-9),
    )

    def path(shapes: Iterable[BaseGeometry]) -> str:
        cut = (shapely.clip_by_rect(shape, west, south, east, north) for shape in shapes)
        flat = (
            shapely.transform(shape, lambda at: (at - (west, north)) * (squeeze * scale, -scale))
            for shape in cut
        )
        return "".join(path_of(shape) for shape in flat)

    return Picture(
        (east - west) * squeeze * scale,
        (north - south) * scale,
        path([area]),
        path(own),
        path(others),
        path(roads),
    )


def path_of(shape: BaseGeometry) -> str:
    """Write polygons and lines as the commands of an SVG path."""
    lines = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            lines += [written(ring) + "Z" for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            lines.append(written(part))
    return "".join(lines)


def written(line: BaseGeometry) -> str:
    """Write the points of a line."""
    points = np.round(shapely.get_coordinates(line), 1)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
