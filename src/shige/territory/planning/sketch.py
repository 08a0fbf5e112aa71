"""A drawing of a plan without a map: paths for an SVG, so that it shows before anything is in force."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH: Final = 900.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One grid as a path; ``mark`` is ``new``, ``changed``, ``broken`` or nothing."""

    code: str
    level: str
    mark: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Paths of all grids, the large ones last so that their lines lie on top."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def view_box(self) -> str:
        """The drawing with a margin for its outer lines."""
        return f"-4 -4 {self.width + 8:.0f} {self.height + 8:.0f}"


DRAWN: Final = ("micro", "exclusive", "general", "community")


def sketch(view: Any) -> Sketch | None:
    """Draw the grids of a plan (a ``PlanView``); None where it has none."""
    if view.box is None:
        return None
    west, south, east, north = view.box
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-9)
    shapes = tuple(shapes_of(view, (west, north), (squeeze * scale, -scale)))
    return Sketch(WIDTH, max((north - south) * scale, 1.0), shapes)


def shapes_of(view: Any, corner: tuple[float, float], factors: tuple[float, float]) -> Iterator[Shape]:
    """Yield the grids from the leaves up."""
    changed = {change.code: change.kind for change in view.changes}
    broken = {rule.code: f"{rule.broken.what} — {rule.broken.why}" for rule in view.violations}
    grids = sorted(view.grids, key=lambda grid: DRAWN.index(grid.level))
    for grid in grids:
        mark = "broken" if grid.code in broken else changed.get(grid.code, "")
        title = ": ".join(part for part in (grid.name, broken.get(grid.code, "")) if part)
        flat = shapely.transform(grid.geometry, lambda lonlat: (lonlat - corner) * factors)
        yield Shape(grid.code, grid.level, mark, title, path_of(shapely.simplify(flat, 0.4)))


def path_of(shape: BaseGeometry) -> str:
    """Write the rings of a shape as the commands of an SVG path."""
    rings = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.round(shapely.get_coordinates(ring), 1)
            rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(rings)
