"""The dispatch board: what is open in each part of one's area, what is late or will be (R22, R42)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from shige.territory.models import Area
from shige.trust.gate import Scope, Viewer

from ... import clock
from ...lists.queries.rows import MatterRow, late, rows_of
from ...models import Matter
from ...workflow.actors import seen_by
from ...workflow.deadlines import calendar

PARTS: Final[Mapping[str, str]] = {
    "city": "district", "district": "street", "street": "community", "community": "general"
}  # fmt: skip
"""The parts that an area of a level is looked at by."""

SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """Open matters of a part: by state, late, due by the end of this and of the next working day."""

    open: int
    new: int
    waiting: int
    to_confirm: int
    late: int
    today: int
    tomorrow: int
    led: int


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the board; ``area`` is None for what lies in no part."""

    area: Area | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Board:
    """The parts of the area of one appointment, the whole, and what will be late by tomorrow's end."""

    area: Area | None
    parts: list[Part]
    whole: Counts
    soon: list[MatterRow]


def board_of(viewer: Viewer) -> Board | None:
    """Return the board of the widest area where ``viewer`` dispatches; three statements."""
    scope = _widest(viewer)
    if scope is None:
        return None
    column = PARTS[scope.level]
    ends = days_ends(clock.now())
    matters = Matter.objects.filter(seen_by(viewer), open=True)
    counted = matters.values(column).annotate(**_figures(ends)).order_by()
    areas = Area.objects.in_bulk([row[column] for row in counted if row[column]] + [scope.area])
    parts = [Part(areas.get(row[column]), Counts(**_named(row))) for row in counted]
    parts.sort(
        key=lambda part: (-part.counts.late, -part.counts.open, part.area.sort_key if part.area else "")
    )
    whole = Counts(**{f.name: sum(getattr(part.counts, f.name) for part in parts) for f in fields(Counts)})
    soon = matters.filter(running=True, next_at__gte=clock.now(), next_at__lte=ends[1])
    return Board(areas.get(scope.area), parts, whole, rows_of(soon.order_by("next_at", "pk")[:SHOWN]))


def days_ends(moment: datetime) -> tuple[datetime, datetime]:
    """Return when office hours end today (or on the next working day) and on the working day after it."""
    days, ends = calendar(), list[datetime]()
    day = days.local(moment).date()
    while len(ends) < 2:
        spans = days.spans(day)
        if spans and days.aware(spans[-1][1]) > moment:
            ends.append(days.aware(spans[-1][1]))
        day += timedelta(days=1)
    return ends[0], ends[1]


def _widest(viewer: Viewer) -> Scope | None:
    scopes = [scope for scope in viewer.holding("matter.dispatch") if scope.level in PARTS]
    return min(scopes, key=lambda scope: list(PARTS).index(scope.level), default=None)


def _figures(ends: tuple[datetime, datetime]) -> dict[str, Count]:
    now = clock.now()
    named = {
        "new": Q(state=Matter.State.NEW),
        "waiting": Q(state=Matter.State.WAITING),
        "to_confirm": Q(state=Matter.State.TO_CONFIRM),
        "late": late(),
        "today": Q(running=True, next_at__gte=now, next_at__lte=ends[0]),
        "tomorrow": Q(running=True, next_at__gt=ends[0], next_at__lte=ends[1]),
        "led": Q(led=True),
    }
    counted = {f"n_{name}": Count("pk", filter=condition) for name, condition in named.items()}
    return {"n_open": Count("pk"), **counted}


def _named(row: Mapping[str, int]) -> dict[str, int]:
    return {name.removeprefix("n_"): count for name, count in row.items() if name.startswith("n_")}
