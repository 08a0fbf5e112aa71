"""Draw a division as a map: ground of general grids, borders of every level, buildings, roads and rivers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shige.division import Barrier, Grid, Unit
from shige.division.cells import Shapes
from shige.geo.plane import Plane

from .svg import FINE, Frame, Sheet

PAPER, INK, WATER, HOUSE, EXCLUSIVE = "#fbfaf6", "#2b2d33", "#a9cbe0", "#a29a8c", "#e4e2dc"
GROUND = ("#f3dcb8", "#cfe3c5", "#f2cfc4", "#d3d8ee", "#f1e7a8", "#c9e3df", "#e6cfe2")
_GRID = 0.001  # metres; lines nearer than this are one
_ROADS = {  # metres
    "motorway": 16.0, "trunk": 14.0, "primary": 12.0, "secondary": 9.0, "tertiary": 7.0, "minor": 4.0,
}  # fmt: skip
Style = dict[str, str | float]
BORDERS: Mapping[str, Style] = {
    "micro": {"stroke": "#7a5c8e", "stroke_width": 0.7},
    "general": {"stroke": "#3f2f6b", "stroke_width": 1.6},
    "community": {"stroke": "#a3122f", "stroke_width": 2.4, "stroke_dasharray": "12 3 2 3"},
}
FORMER: Style = {"stroke": "#c2410c", "stroke_width": 1.2, "stroke_dasharray": "3 2"}
LABEL: Style = {
    "font_size": 11, "font_weight": "bold", "fill": INK, "stroke": "#fff", "stroke_width": 2.5,
    "paint_order": "stroke",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn, in metres; `marked`: buildings in another colour; `ground`: colour of general grids."""

    grids: Sequence[Grid]
    areas: Shapes
    buildings: Shapes
    barriers: Sequence[tuple[str, BaseGeometry]]
    marked: Mapping[str, Shapes]
    former: Shapes
    ground: Mapping[str, str]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        west, south, east, north = shapely.total_bounds(self.areas).tolist()
        return west, south, east, north


def scene(
    grids: Sequence[Grid],
    units: Sequence[Unit],
    barriers: Sequence[Barrier],
    marked: Mapping[str, Sequence[Unit]] | None = None,
    before: tuple[Sequence[Grid], Scene] | None = None,
) -> Scene:
    """Lay a division out in metres.

    Parameters
    ----------
    marked
        Buildings to draw in each colour.
    before
        Grids of a division before, whose borders are drawn where they are none now, and how it is drawn:
        grids that live on keep their colour.
    """
    shapes = np.array([grid.geometry for grid in grids], dtype=object)
    plane = Plane.about(shapely.total_bounds(shapes).reshape(2, 2))

    def flat(geometries: Iterable[BaseGeometry]) -> Shapes:
        return np.asarray(shapely.transform(np.array(list(geometries), dtype=object), plane.to_metres))

    lines, areas = flat(barrier.geometry for barrier in barriers), flat(shapes)
    former, known = (before[0], before[1].ground) if before else ((), {})
    return Scene(
        grids,
        areas,
        flat(unit.geometry for unit in units),
        [(barrier.kind, line) for barrier, line in zip(barriers, lines, strict=True)],
        {colour: flat(unit.geometry for unit in found) for colour, found in (marked or {}).items()},
        flat(grid.geometry for grid in former if grid.level == "micro"),
        _coloured(grids, areas, known),
    )


def draw(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    """Draw everything; the caller clips."""
    _grounds(sheet, frame, shown)
    ground = shapely.union_all(_areas(shown, "community"))
    _roads(sheet, frame, [(kind, shapely.intersection(line, ground)) for kind, line in shown.barriers])
    sheet.shapes(frame, shown.buildings, fill=HOUSE)
    for colour, buildings in shown.marked.items():
        sheet.shapes(frame, buildings, fill=colour)
    if len(shown.former):
        gone = _lines(shown.former).difference(shapely.buffer(_lines(shown.areas), 1.0))
        sheet.shapes(frame, [gone], fill="none", **FORMER)
    for level, lines in _borders(shown).items():
        sheet.shapes(frame, [lines], fill="none", stroke_linejoin="round", **BORDERS[level])
    _numbers(sheet, frame, shown)


def _grounds(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    for colour in GROUND:
        here = [shown.ground.get(grid.code) == colour for grid in shown.grids]
        sheet.shapes(frame, shown.areas[here], fill=colour)
    sheet.shapes(frame, _areas(shown, "exclusive"), fill=EXCLUSIVE)


def _areas(shown: Scene, *levels: str) -> Shapes:
    return shown.areas[[grid.level in levels for grid in shown.grids]]


def _coloured(grids: Sequence[Grid], areas: Shapes, known: Mapping[str, str]) -> dict[str, str]:
    """A colour for each general grid, each as often as may be, so that neighbours differ."""
    place = [k for k, grid in enumerate(grids) if grid.level == "general"]
    codes = [grids[k].code for k in place]
    one, other = shapely.STRtree(areas[place]).query(areas[place], predicate="dwithin", distance=12.0)
    found = {code: known[code] for code in codes if code in known}
    for k, code in enumerate(codes):
        if code not in found:
            beside = Counter(found.get(codes[j]) for j in other[one == k])
            used = Counter(found.values())
            found[code] = min(GROUND, key=lambda colour: (beside[colour], used[colour]))
    return found


def _roads(sheet: Sheet, frame: Frame, barriers: Sequence[tuple[str, BaseGeometry]]) -> None:
    water = [shape for kind, shape in barriers if kind == "river"]
    flat = [shape for shape in water if shapely.get_dimensions(shape) == 2]
    course = [shape for shape in water if shapely.get_dimensions(shape) == 1]
    sheet.shapes(frame, flat, fill=WATER)
    sheet.shapes(frame, course, fill="none", stroke=WATER, stroke_width=14.0 * frame.scale)
    for kind, width in reversed(_ROADS.items()):
        lines = [shape for found, shape in barriers if found == kind]
        wide = max(width * frame.scale, 0.8)
        sheet.shapes(frame, lines, fill="none", stroke="#fff", stroke_width=wide, stroke_linecap="round")
    rails = [shape for kind, shape in barriers if kind == "rail"]
    sheet.shapes(frame, rails, fill="none", stroke="#555", stroke_width=1.2, stroke_dasharray="6 4")


def _borders(shown: Scene) -> dict[str, BaseGeometry]:
    """Every border once, by the highest level that it bounds; micro-grids first."""
    drawn: BaseGeometry = shapely.LineString()
    result = {}
    for level in ("community", "general", "micro"):
        lines = _lines(_areas(shown, *({level, "exclusive"} if level == "micro" else {level})))
        result[level] = shapely.line_merge(shapely.difference(lines, drawn, grid_size=_GRID))
        drawn = shapely.union_all([lines, drawn], grid_size=_GRID)
    return dict(reversed(result.items()))


def _lines(areas: Shapes) -> BaseGeometry:
    united: BaseGeometry = shapely.union_all(shapely.boundary(areas), grid_size=_GRID)
    return united


def _numbers(sheet: Sheet, frame: Frame, shown: Scene) -> None:
    """Households of each general grid, where there is most room in it."""
    generals = [grid for grid in shown.grids if grid.level == "general"]
    for grid, area in zip(generals, _areas(shown, "general"), strict=True):
        middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, 2.0))[:1]
        x, y = (frame.place(middle)[0] / FINE).tolist()
        sheet.text(x, y + 4, str(grid.households), text_anchor="middle", **LABEL)
