"""Draw a division as a map: ground of general grids, borders of every level, buildings, roads and rivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shige.division import Barrier, Grid, Unit
from shige.geo.plane import Plane

from .svg import Frame, Sheet

PAPER, INK, WATER, HOUSE, MOVED = "#fbfaf6", "#2b2d33", "#a9cbe0", "#8d8578", "#d1495b"
_GROUND = ("#f3dcb8", "#cfe3c5", "#f2cfc4", "#d3d8ee", "#f1e7a8", "#c9e3df", "#e6cfe2")
_EXCLUSIVE = "#e4e2dc"
_ROADS = {  # pixels at 1 m a pixel
    "motorway": 16.0, "trunk": 14.0, "primary": 12.0, "secondary": 9.0, "tertiary": 7.0, "minor": 4.0,
}  # fmt: skip
BORDERS: Mapping[str, dict[str, str | float]] = {
    "micro": {"stroke": "#7a5c8e", "stroke_width": 0.7},
    "general": {"stroke": "#3f2f6b", "stroke_width": 1.7},
    "community": {"stroke": "#a3122f", "stroke_width": 2.6, "stroke_dasharray": "12 3 2 3"},
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn, in metres."""

    grids: Sequence[Grid]
    areas: Sequence[BaseGeometry]
    buildings: Sequence[BaseGeometry]
    barriers: Sequence[tuple[str, BaseGeometry]]
    marked: Sequence[BaseGeometry] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return tuple(shapely.total_bounds(np.array(self.areas, dtype=object)).tolist())


def scene(
    grids: Sequence[Grid], units: Sequence[Unit], barriers: Sequence[Barrier], moved: Iterable[str] = ()
) -> Scene:
    """Lay a division out in metres; `moved`: ids of the buildings to mark."""
    shapes = np.array([grid.geometry for grid in grids], dtype=object)
    plane = Plane.about(shapely.total_bounds(shapes).reshape(2, 2))
    flat = lambda geometries: shapely.transform(np.array(geometries, dtype=object), plane.to_metres)  # noqa: E731
    known = set(moved)
    return Scene(
        grids,
        flat([grid.geometry for grid in grids]),
        flat([unit.geometry for unit in units]),
        [(barrier.kind, line) for barrier, line in zip(barriers, flat([b.geometry for b in barriers]), strict=True)],
        flat([unit.geometry for unit in units if unit.id in known]) if known else (),
    )


def draw(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    """Draw everything; the caller clips."""
    _grounds(sheet, frame, shown)
    _roads(sheet, frame, shown)
    sheet.shapes(frame, shown.buildings, fill=HOUSE, fill_opacity=0.75)
    if len(shown.marked):
        sheet.shapes(frame, shown.marked, fill=MOVED)
    for level, lines in _borders(shown).items():
        sheet.shapes(frame, [lines], fill="none", stroke_linejoin="round", **BORDERS[level])
    _numbers(sheet, frame, shown)


def _grounds(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    generals = [k for k, grid in enumerate(shown.grids) if grid.level == "general"]
    shapes = np.array([shown.areas[k] for k in generals], dtype=object)
    colour = _coloured(shapes)
    for number, fill in enumerate(_GROUND):
        sheet.shapes(frame, shapes[colour == number], fill=fill)
    exclusive = [a for a, grid in zip(shown.areas, shown.grids, strict=True) if grid.level == "exclusive"]
    sheet.shapes(frame, exclusive, fill=_EXCLUSIVE)


def _coloured(shapes: "np.ndarray") -> "np.ndarray":
    """A number for each shape, as even as may be, so that neighbours differ."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=12.0)
    colour = np.full(len(shapes), -1)
    used = np.zeros(len(_GROUND), dtype=int)
    for k in range(len(shapes)):
        taken = set(colour[other[one == k]].tolist())
        free = [c for c in range(len(_GROUND)) if c not in taken] or [0]
        colour[k] = min(free, key=lambda c: (used[c], c))
        used[colour[k]] += 1
    return colour


def _roads(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    sheet.shapes(frame, [s for kind, s in shown.barriers if kind == "river" and s.geom_type.endswith("Polygon")], fill=WATER)
    sheet.shapes(
        frame, [s for kind, s in shown.barriers if kind == "river" and s.geom_type.endswith("String")],
        fill="none", stroke=WATER, stroke_width=14.0 * frame.scale, stroke_linejoin="round",
    )  # fmt: skip
    for kind, width in reversed(_ROADS.items()):
        lines = [s for found, s in shown.barriers if found == kind]
        sheet.shapes(frame, lines, fill="none", stroke="#fff", stroke_width=max(width * frame.scale, 0.8), stroke_linejoin="round", stroke_linecap="round")
    rails = [s for kind, s in shown.barriers if kind == "rail"]
    sheet.shapes(frame, rails, fill="none", stroke="#555", stroke_width=1.2, stroke_dasharray="6 4")


def _borders(shown: Scene) -> dict[str, BaseGeometry]:
    """Every border once, by the highest level that it bounds; micro-grids first."""
    drawn, result = None, {}
    for level in ("community", "general", "micro"):
        rings = shapely.boundary([a for a, g in zip(shown.areas, shown.grids, strict=True) if g.level in (level, "exclusive" if level == "micro" else level)])
        lines = shapely.union_all(rings, grid_size=0.001)
        left = lines if drawn is None else shapely.difference(lines, drawn, grid_size=0.001)
        drawn = lines if drawn is None else shapely.union_all([lines, drawn], grid_size=0.001)
        result[level] = shapely.line_merge(left)
    return dict(reversed(result.items()))


def _numbers(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    """Households of each general grid, where there is most room in it."""
    for grid, area in zip(shown.grids, shown.areas, strict=True):
        if grid.level == "general" and area.area > 0:
            at = frame.place(shapely.get_coordinates(shapely.maximum_inscribed_circle(area, 2.0))[:1])[0] / 10
            sheet.text(at[0], at[1] + 4, str(grid.households), font_size=11, text_anchor="middle", fill=INK, stroke="#fff", stroke_width=2.5, paint_order="stroke", font_weight="bold")
