"""Maps as SVG: shapes in metres, text and a scale, written short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .districts import Floats

FINE = 10  # steps of a pixel that coordinates are rounded to
_FONT = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the sheet (pixels) a box of the ground (metres) is drawn, north up."""

    west: float
    north: float
    scale: float  # pixels for each metre
    left: float
    top: float

    def place(self, metres: Floats) -> Floats:
        """Turn metres (n, 2) into steps of a pixel."""
        x = self.left + (metres[:, 0] - self.west) * self.scale
        y = self.top + (self.north - metres[:, 1]) * self.scale
        return np.rint(np.column_stack([x, y]) * FINE)


@dataclass(slots=True)
class Sheet:
    """One picture under construction; sizes in pixels."""

    width: float
    height: float
    title: str
    _parts: list[str] = field(default_factory=list)

    def shapes(self, frame: Frame, shapes: Iterable[BaseGeometry], **style: str | float) -> None:
        """Draw polygons and lines as one path."""
        lines = shapely.get_parts(np.array(list(shapes), dtype=object))
        path = "".join(step for line in lines for step in _path(frame, line))
        if path:
            self._parts.append(f'<path d="{path}"{_style(style)}/>')

    def text(self, x: float, y: float, words: str, **style: str | float) -> None:
        """Write words at a place in pixels."""
        at = f'x="{round(x * FINE)}" y="{round(y * FINE)}"'
        self._parts.append(f"<text {at}{_style(style)}>{escape(words)}</text>")

    def box(self, x: float, y: float, width: float, height: float, **style: str | float) -> None:
        """Draw a rectangle, pixels."""
        sides = zip(("x", "y", "width", "height"), (x, y, width, height), strict=True)
        said = " ".join(f'{name}="{round(value * FINE)}"' for name, value in sides)
        self._parts.append(f"<rect {said}{_style(style)}/>")

    def line(self, points: Iterable[tuple[float, float]], **style: str | float) -> None:
        """Draw a line through places in pixels."""
        said = " ".join(f"{round(x * FINE)},{round(y * FINE)}" for x, y in points)
        self._parts.append(f'<polyline points="{said}"{_style({"fill": "none"} | style)}/>')

    def inside(self, x: float, y: float, width: float, height: float) -> None:
        """Clip what follows to a rectangle, until `outside`."""
        name = f"clip{len(self._parts)}"
        sides = zip(("x", "y", "width", "height"), (x, y, width, height), strict=True)
        said = " ".join(f'{side}="{round(value * FINE)}"' for side, value in sides)
        self._parts.append(f'<clipPath id="{name}"><rect {said}/></clipPath><g clip-path="url(#{name})">')

    def outside(self) -> None:
        """End the clip."""
        self._parts.append("</g>")

    def __str__(self) -> str:
        box = f"0 0 {round(self.width * FINE)} {round(self.height * FINE)}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}" '
            f'viewBox="{box}" font-family="{_FONT}" role="img" aria-label="{escape(self.title)}">\n'
            f"<title>{escape(self.title)}</title>\n"
        )
        return head + "\n".join(self._parts) + "\n</svg>\n"


def _style(style: dict[str, str | float]) -> str:
    """Attributes; widths and sizes are given in pixels."""
    sized = {"stroke_width", "font_size"}
    said = []
    for name, value in style.items():
        if name in sized:
            value = round(float(value) * FINE)
        elif name == "stroke_dasharray":
            value = " ".join(str(round(float(step) * FINE)) for step in str(value).split())
        said.append(f' {name.replace("_", "-")}="{value}"')
    return "".join(said)


def _path(frame: Frame, shape: BaseGeometry) -> Iterator[str]:
    if shape.geom_type == "Polygon":
        for ring in shapely.get_rings(shape):
            yield _run(frame.place(shapely.get_coordinates(ring)[:-1]), closed=True)
    else:
        yield _run(frame.place(shapely.get_coordinates(shape)), closed=False)


def _run(steps: Floats, *, closed: bool) -> str:
    """One line in relative steps; those too short to be seen are left out."""
    moved = np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1)])
    steps = steps[moved].astype(int)
    if len(steps) < 2:
        return ""
    (x, y), rest = steps[0], np.diff(steps, axis=0)
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in rest).replace(" -", "-") + "z" * closed
