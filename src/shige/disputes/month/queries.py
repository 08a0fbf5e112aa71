"""A month's disputes in sum, for whoever works with them: by grid and kind, how many were settled (R27, P8).

Whoever sees no matters there is told how many there were by the figures, which are of months that are over,
are decided once, and keep back what small counts could be worked out from: counts of their own on this page
would be one more sum to subtract from.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from shige.matters import clock
from shige.matters.categories import category_name, group_name
from shige.matters.models import Matter
from shige.matters.visibility.areas import within
from shige.matters.workflow.workflows import DISPUTE
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import BELOW_STREET, Viewer, may, require, visible
from shige.trust.jurisdiction import profile

from ..models.monthly import LEVELS, MonthlyText

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Sum:
    """Disputes of one grid or kind; ``settled`` had an agreement or a solution."""

    name: str
    came: int
    settled: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The disputes reported in a month in an area, together and apart."""

    total: Sum
    committee: int
    reopened: int
    grids: tuple[Sum, ...]
    kinds: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's disputes in an area: the counts for whoever sees matters there, and what was written of it.

    For others ``kinds_told`` are the categories (code and name) whose figures are told of this area, and
    ``period`` is the month as the figures call it, empty where they are not told of it yet.
    """

    area: Area
    first: date
    counts: Counts | None
    text: MonthlyText | None
    may_write: bool
    kinds_told: tuple[tuple[str, str], ...] = ()
    period: str = ""


def summed_areas(viewer: Viewer) -> list[Area]:
    """Return the communities, streets and districts that ``viewer`` may have summed up, the widest first."""
    own = [scope.area for scope in viewer.holding("figures.see") if scope.level in LEVELS]
    below = [scope.area for scope in viewer.holding("figures.see") if scope.level == "street"]
    chosen = Q(pk__in=own) | Q(street__in=below, level="community")
    found = Area.objects.filter(chosen, level__in=LEVELS).exclude(level="community", kind="grid")
    return sorted(found, key=lambda area: (-LEVELS.index(area.level), area.sort_key))


def month_of(viewer: Viewer, area: Area, first: date) -> Month:
    """Return a month's disputes; the counts are for whoever sees matters there alone.

    Raises
    ------
    PermissionDenied
        ``viewer`` sees no figures of ``area``.
    """
    lineage = lineage_of(area)
    require(viewer, "figures.see", lineage)
    if area.level not in LEVELS:
        raise PermissionDenied("no month is summed up for this area")
    text = MonthlyText.objects.filter(area=area, month=first).select_related("post").first()
    may_write = may(viewer, "matter.dispatch", lineage)
    if may(viewer, "matter.see", lineage):
        return Month(area, first, _counts(_came(viewer, area, first)), text, may_write)
    return Month(area, first, None, text, may_write, _kinds_told(area), _period_told(first))


def _counts(came: QuerySet[Matter]) -> Counts:
    more = came.aggregate(
        committee=Count("pk", filter=Q(mediation__handed_at__isnull=False)),
        reopened=Count("pk", filter=Q(reopened__gt=0)),
    )
    grids = _by(came, "leaf__name", "community__name")
    kinds = _by(came, "category")
    return Counts(
        total=Sum("", sum(row[1] for row in kinds), sum(row[2] for row in kinds)),
        committee=more["committee"],
        reopened=more["reopened"],
        grids=tuple(Sum(" · ".join(name for name in names if name), n, s) for names, n, s in grids),
        kinds=tuple(Sum(category_name(names[0] or ""), n, s) for names, n, s in kinds),
    )


def _kinds_told(area: Area) -> tuple[tuple[str, str], ...]:
    """Return the top categories of disputes where figures tell categories of an area: not below a street."""
    if area.level in BELOW_STREET:
        return ()
    return tuple((top.code, group_name(top.code)) for top in profile().categories if top.kind == DISPUTE)


def _period_told(first: date) -> str:
    """Return the figures' name of a month that they tell, else an empty text."""
    rules = profile()
    end = (localdate(clock.now()) - timedelta(days=rules.told_after_days)).replace(day=1)
    return f"{first:%Y-%m}" if first < end and "month" in rules.told_periods else ""


def months_back() -> list[date]:
    """Return the first days of this month and those before it, the latest first."""
    first = localdate(clock.now()).replace(day=1)
    found = [first]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _came(viewer: Viewer, area: Area, first: date) -> QuerySet[Matter]:
    begin, end = _bounds(first)
    seen = Matter.objects.filter(visible(viewer, "figures.see", sealable=True), within(area), kind=DISPUTE)
    return seen.filter(reported_at__gte=begin, reported_at__lt=end)


def _bounds(first: date) -> tuple[datetime, datetime]:
    after = (first + timedelta(days=32)).replace(day=1)
    return make_aware(datetime.combine(first, time.min)), make_aware(datetime.combine(after, time.min))


def _by(came: QuerySet[Matter], *columns: str) -> list[tuple[list[str | None], int, int]]:
    settled = Count("pk", filter=Q(solved_at__isnull=False))
    rows: Any = (
        came.order_by().values_list(*columns).annotate(n=Count("pk"), s=settled).order_by("-n", *columns)
    )
    return [(list(reversed(row[:-2])), row[-2], row[-1]) for row in rows]
