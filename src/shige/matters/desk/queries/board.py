"""The dispatch board: what is open in each part of one's area, what is late or will be (R22, R42)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.territory.models import Area
from shige.trust.gate import Scope, Viewer

from ...lists.queries.due import due_next, due_today
from ...lists.queries.figures import Figure, counted, counted_by
from ...lists.queries.filters import MatterFilter
from ...lists.queries.rows import MatterRow, rows_of
from ...models import Matter
from ...workflow.actors import seen_by

PARTS: Final[Mapping[str, str]] = {
    "city": "district", "district": "street", "street": "community", "community": "general"
}  # fmt: skip
"""The parts that an area of a level is looked at by."""

SHOWN: Final = 30


FIGURES: Final = {
    "open": MatterFilter(),
    "new": MatterFilter(state=Matter.State.NEW),
    "waiting": MatterFilter(state=Matter.State.WAITING),
    "to_confirm": MatterFilter(state=Matter.State.TO_CONFIRM),
    "late": MatterFilter(late=True),
    "today": MatterFilter(circumstance="today"),
    "next_day": MatterFilter(circumstance="next_day"),
    "led": MatterFilter(led=True),
}
"""What the board counts, of each part and of the whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the board; ``area`` is None for what lies in no part."""

    area: Area | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Board:
    """The parts of the area of one appointment, the whole, and what will be late by the next day's end."""

    area: Area | None
    parts: list[Part]
    whole: Mapping[str, Figure]
    soon: list[MatterRow]


def board_of(viewer: Viewer) -> Board | None:
    """Return the board of the widest area where ``viewer`` dispatches; four statements."""
    scope = _widest(viewer)
    if scope is None:
        return None
    by_area = counted_by(viewer, PARTS[scope.level], FIGURES)
    areas = Area.objects.in_bulk([key for key in by_area if key is not None] + [scope.area])
    parts = [Part(areas.get(key) if key else None, found) for key, found in by_area.items()]
    parts.sort(
        key=lambda part: (
            -part.figures["late"].count,
            -part.figures["open"].count,
            part.area.sort_key if part.area else "",
        )
    )
    soon = Matter.objects.filter(seen_by(viewer), due_today() | due_next(), open=True)
    return Board(
        area=areas.get(scope.area),
        parts=parts,
        whole=counted(viewer, FIGURES),
        soon=rows_of(soon.order_by("next_at", "pk")[:SHOWN]),
    )


def _widest(viewer: Viewer) -> Scope | None:
    scopes = [scope for scope in viewer.holding("matter.dispatch") if scope.level in PARTS]
    return min(scopes, key=lambda scope: list(PARTS).index(scope.level), default=None)
