"""The one red line (一根红线) as the tree that the browser draws (`frontend/src/console/redline`)."""

from __future__ import annotations

from typing import NotRequired, TypedDict
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..rules import kind_name, level_name
from .line import GridLine, Line, Tied


class Stop(TypedDict):
    """One stop of the line: who oversees a grid, or why nobody does."""

    id: str
    name: str
    kind: str
    level: str
    grid: str
    gap: str
    children: list[Stop]
    url: NotRequired[str]


def figure_of(line: Line) -> Stop:
    """Return the figure's root: the street, with the line of each of its grids below it."""
    return {
        "id": "street",
        "name": line.name,
        "kind": ngettext("%(count)d gap", "%(count)d gaps", len(line.gaps)) % {"count": len(line.gaps)},
        "level": "street",
        "grid": "",
        "gap": "",
        "children": [stop_of(grid) for grid in line.grids],
    }


def stop_of(grid: GridLine) -> Stop:
    """Return the stop of one grid and, under it, those of the grids below."""
    bodies = grid.organisations or ((grid.stand_in,) if grid.stand_in else ())
    return {
        "id": grid.code,
        "name": _(", ").join(body.name for body in bodies) or _("No organisation yet"),
        "kind": _(", ").join(overseen_by(body) for body in bodies),
        "level": grid.level,
        "grid": f"{grid.name} ({level_name(grid.level)})",
        "gap": _("%(grid)s: coverage gap") % {"grid": grid.name} if grid.gap else "",
        "children": [stop_of(below) for below in grid.grids],
        "url": map_address(grid.code),
    }


def overseen_by(body: Tied) -> str:
    """Say an organisation's kind and who answers for oversight."""
    who = (body.overseer.holder or body.overseer.name) if body.overseer else _("no overseer yet")
    return f"{kind_name(body.kind)} · {who}"


def map_address(code: str) -> str:
    """Return where the map shows a grid."""
    return "/map/?" + urlencode({"grid": code})
