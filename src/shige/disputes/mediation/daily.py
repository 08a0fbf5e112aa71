"""Disputes as community and street follow them: the daily list by grid, the month in sum (R27)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.categories import category_name
from shige.matters.models import Matter, ReturnVisit
from shige.matters.visibility.areas import within
from shige.matters.workflow.actors import seen_by
from shige.matters.workflow.workflows import DISPUTE, state_label
from shige.territory.models import Area
from shige.trust.gate import Viewer

from ..models.mediation import MediationSession, PromisedStep

SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One open dispute: its age in days, its state, what was last and what is next, what is overdue."""

    number: str
    category: str
    place: str
    owner: str
    days: int
    state: str
    state_label: str
    last_session: datetime | None
    next_on: date | None
    overdue: int
    late: bool
    led: bool


@dataclass(frozen=True, slots=True)
class GridDisputes:
    """The open disputes of one grid, the oldest first."""

    grid: str
    lines: tuple[DisputeLine, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """The open disputes of one's areas by grid, and how many of them are each of ``WANTED``."""

    grids: tuple[GridDisputes, ...]
    counts: Mapping[str, int]


WANTED: Final[Mapping[str, Callable[[DisputeLine], bool]]] = {
    "open": lambda line: True,
    "overdue": lambda line: line.overdue > 0,
    "without_session": lambda line: line.last_session is None,
    "committee": lambda line: line.state == "committee",
}
"""What the page counts, and lists where it is asked for."""


def daily_of(viewer: Viewer, area: Area | None = None, wanted: str = "open") -> Daily:
    """Return the open disputes that ``viewer`` sees, of ``area`` where one is given; one statement."""
    matters = Matter.objects.filter(seen_by(viewer), kind=DISPUTE, open=True)
    if area is not None:
        matters = matters.filter(within(area))
    rows = list(
        _followed(matters).order_by("community__sort_key", "leaf__sort_key", "leaf", "reported_at")[:SHOWN]
    )
    named = [(_grid(row), _line(row)) for row in rows]
    listed = [(name, line) for name, line in named if WANTED[wanted](line)]
    return Daily(
        grids=tuple(
            GridDisputes(name, tuple(line for _name, line in lines))
            for name, lines in groupby(listed, key=itemgetter(0))
        ),
        counts={name: sum(is_one(line) for _grid_name, line in named) for name, is_one in WANTED.items()},
    )


def _followed(matters: QuerySet[Matter]) -> Any:
    today = localdate(clock.now())
    mine = {"mediation__matter": OuterRef("pk")}
    sessions = MediationSession.objects.filter(**mine)
    kept = PromisedStep.objects.filter(**mine, done_at=None)
    visits = ReturnVisit.objects.filter(matter=OuterRef("pk"), done_at=None, ended_at=None)
    return matters.annotate(
        last_session=Subquery(sessions.order_by("-held_at").values("held_at")[:1]),
        next_session=Subquery(sessions.filter(next_on__gte=today).order_by("next_on").values("next_on")[:1]),
        next_step=Subquery(kept.filter(due__gte=today).order_by("due").values("due")[:1]),
        next_visit=Subquery(visits.order_by("due").values("due")[:1]),
        overdue=Subquery(_counted(kept.filter(due__lt=today))),
    ).values(
        "number", "kind", "category", "place", "reported_at", "state", "running", "next_at", "led",
        "owner__name", "leaf__name", "community__name", "street__name", "last_session", "next_session",
        "next_step", "next_visit", "overdue",
    )  # fmt: skip


def _counted(steps: QuerySet[PromisedStep]) -> Any:
    return steps.order_by().values("mediation").annotate(n=Count("pk")).values("n")


def _grid(row: dict[str, Any]) -> str:
    return " · ".join(
        name for name in (row["community__name"] or row["street__name"], row["leaf__name"]) if name
    )


def _line(row: dict[str, Any]) -> DisputeLine:
    ahead = [row[name] for name in ("next_session", "next_step", "next_visit") if row[name]]
    return DisputeLine(
        number=row["number"],
        category=category_name(row["category"]),
        place=row["place"],
        owner=row["owner__name"],
        days=(localdate(clock.now()) - localdate(row["reported_at"])).days,
        state=row["state"],
        state_label=state_label(row["kind"], row["state"]),
        last_session=row["last_session"],
        next_on=min(ahead, default=None),
        overdue=row["overdue"] or 0,
        late=row["running"] and row["next_at"] < clock.now(),
        led=row["led"],
    )
