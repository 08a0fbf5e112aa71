"""Danger to persons in figures: for whoever looks at it; for others a count of whole months (P4, P8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from shige.matters.danger.guarded import trained_role
from shige.territory.models import Area
from shige.trust.gate import Viewer, visible
from shige.trust.jurisdiction import profile
from shige.trust.permissions import Action

from .models import CaseFact, ToldMonth


@dataclass(frozen=True, slots=True)
class Month:
    """How many matters of danger to persons a street had in a month, where they are enough to be told."""

    first: date
    count: int


def cases_seen(viewer: Viewer) -> QuerySet[CaseFact]:
    """Return the cases that somebody's figures count: danger to persons for whoever looks at it only."""
    return CaseFact.objects.filter(seen_in(viewer, "figures.see"))


def seen_in(viewer: Viewer, action: Action) -> Q:
    """Return the filter of the cases on which somebody's appointments allow ``action``."""
    if viewer.system:
        return Q()
    found = Q(pk__in=[])
    for scope in viewer.holding(action):
        here = visible(viewer.only(scope), action, sealable=True)
        found |= here if scope.role == trained_role() else here & Q(guarded=False)
    return found


def guarded_months(area: Area | None, since: datetime, until: datetime) -> tuple[Month, ...]:
    """Return the counts of the whole months of a period in a street that are over; one statement.

    Of no smaller area and of no part of a month: what is told of two that overlap would tell of the rest. A
    month of fewer than ``suppress_under`` is left out.
    """
    if area is None or area.level != Area.Level.STREET:
        return ()
    until = min(until, timezone.now())
    return tuple(
        Month(timezone.localdate(row["month"]), row["count"])
        for row in _enough(since, until, Q(street_id=area.pk))
        if row["month"] >= since and _month_after(row["month"]) <= until
    )


def guarded_told(area: Area | None, months: Sequence[date]) -> tuple[Month, ...]:
    """Return the counts of a street as they were decided with each month, for whoever sees no matters (P8).

    Of a count that follows what happens the difference of two days would tell of one person.
    """
    if area is None or area.level != Area.Level.STREET:
        return ()
    decided = ToldMonth.objects.filter(pk__in=months).order_by("first")
    counts = [(month.first, month.guarded.get(str(area.pk))) for month in decided]
    return tuple(Month(first, count) for first, count in counts if count is not None)


def counted_guarded(since: datetime, until: datetime) -> dict[str, int]:
    """Return how much danger to persons each street had in a month, by its id, where it is enough."""
    return {str(row["street_id"]): row["count"] for row in _enough(since, until) if row["street_id"]}


def _enough(since: datetime, until: datetime, *where: Q) -> list[dict[str, Any]]:
    cases = CaseFact.objects.filter(*where, guarded=True, reported_at__gte=since, reported_at__lt=until)
    months = cases.annotate(month=TruncMonth("reported_at")).values("month", "street_id")
    counted = months.annotate(count=Count("pk")).filter(count__gte=profile().suppress_under)
    return list(counted.order_by("month"))  # type: ignore[arg-type]


def _month_after(first: datetime) -> datetime:
    year, month = divmod(first.year * 12 + first.month, 12)
    return first.replace(year=year, month=month + 1)
