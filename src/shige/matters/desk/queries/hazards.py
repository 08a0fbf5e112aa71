"""The register of hazards: what is registered, put right, rechecked, written off in each grid (R39)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, F, Q

from shige.trust.gate import Viewer

from ... import clock
from ...lists.queries.rows import MatterRow, late, rows_of
from ...models import Matter
from ...workflow.actors import seen_by
from ...workflow.workflows import HAZARD, RECHECK

DAYS: Final = 30
"""What was written off is counted for so many days back."""

SHOWN: Final = 30

NAMED: Final = {"in_community": F("community__name"), "grid": F("leaf__name"), "code": F("leaf__code")}
IN_TURN: Final = ("community__sort_key", "leaf__sort_key", "leaf")


@dataclass(frozen=True, slots=True)
class Counts:
    """Hazards of a grid by where they stand; ``late`` are among those before them."""

    new: int = 0
    in_hand: int = 0
    recheck: int = 0
    asked: int = 0
    late: int = 0
    written_off: int = 0


@dataclass(frozen=True, slots=True)
class GridHazards:
    """One line of the register; ``code`` is empty for what lies in no grid."""

    community: str
    grid: str
    code: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Register:
    """The lines of the grids, the whole, and what waits for its recheck, the soonest due first."""

    grids: tuple[GridHazards, ...]
    whole: Counts
    to_recheck: list[MatterRow]


def register_of(viewer: Viewer) -> Register:
    """Return the register of what ``viewer`` sees; four statements."""
    seen = Matter.objects.filter(seen_by(viewer), kind=HAZARD)
    since = clock.now() - timedelta(days=DAYS)
    done = seen.filter(open=False, next_at__gte=since).exclude(state=Matter.State.MERGED)
    lines: dict[Any, dict[str, Any]] = {}
    for row in (*_counted(seen.filter(open=True), _open()), *_counted(done, {"written_off": Count("pk")})):
        lines.setdefault(row["leaf"], row).update(row)
    grids = tuple(_line(row) for row in sorted(lines.values(), key=_turn))
    whole = Counts(**{f.name: sum(getattr(one.counts, f.name) for one in grids) for f in fields(Counts)})
    waiting = seen.filter(open=True, state=RECHECK).order_by("next_at", "pk")
    return Register(grids, whole, rows_of(waiting[:SHOWN]))


def _counted(matters: Any, figures: Mapping[str, Count]) -> Any:
    return matters.order_by().values(*IN_TURN, **NAMED).annotate(**figures)


def _open() -> dict[str, Count]:
    handled = Q(state__in=(Matter.State.IN_HAND, Matter.State.WAITING))
    named = {
        "new": Q(state=Matter.State.NEW),
        "in_hand": handled,
        "recheck": Q(state=RECHECK),
        "asked": Q(state=Matter.State.TO_CONFIRM),
        "late": late(),
    }
    return {name: Count("pk", filter=condition) for name, condition in named.items()}


def _turn(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["community__sort_key"] or "", row["leaf__sort_key"] or "", row["leaf"] or 0


def _line(row: Mapping[str, Any]) -> GridHazards:
    counts = Counts(**{f.name: row.get(f.name, 0) for f in fields(Counts)})
    return GridHazards(row["in_community"] or "", row["grid"] or "", row["code"] or "", counts)
