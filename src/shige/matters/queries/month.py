"""A month's disputes in sum: by grid and kind, how many were settled, what people wrote of it (R27, P8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may, require, visible
from shige.trust.jurisdiction import profile
from shige.trust.suppression import hidden

from .. import clock
from ..categories import category_name
from ..commands.summing_up import LEVELS
from ..models import Matter, MonthlyText
from ..workflow import DISPUTE
from .disputes import within

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Sum:
    """Disputes of one grid or kind; None where they are too few to be told (P8)."""

    name: str
    came: int | None
    settled: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The disputes reported in a month in an area. ``settled`` had an agreement or a solution.

    ``told_in`` is the wider area whose sum alone is told to this viewer; empty where it is this one.
    """

    area: Area
    first: date
    total: Sum
    committee: int | None
    reopened: int | None
    grids: tuple[Sum, ...]
    kinds: tuple[Sum, ...]
    text: MonthlyText | None
    may_write: bool
    inside: bool
    told_in: str = ""


def summed_areas(viewer: Viewer) -> list[Area]:
    """Return the communities, streets and districts that ``viewer`` may have summed up, the widest first."""
    own = [scope.area for scope in viewer.holding("figures.see") if scope.level in LEVELS]
    below = [scope.area for scope in viewer.holding("figures.see") if scope.level == "street"]
    chosen = Q(pk__in=own) | Q(street__in=below, level="community")
    found = Area.objects.filter(chosen, level__in=LEVELS).exclude(level="community", kind="grid")
    return sorted(found, key=lambda area: (-LEVELS.index(area.level), area.sort_key))


def month_of(viewer: Viewer, area: Area, first: date) -> Month:
    """Return the sum of a month; small counts are hidden from whoever does not work with matters there.

    To them only the widest area is told that they may see: what is hidden in one sum could be worked out
    from another one that holds it, or lies in it.

    Raises
    ------
    PermissionDenied
        ``viewer`` sees no figures of ``area``.
    """
    lineage = lineage_of(area)
    require(viewer, "figures.see", lineage)
    if area.level not in LEVELS:
        raise PermissionDenied("no month is summed up for this area")
    inside = may(viewer, "matter.see", lineage)
    wider = None if inside else _wider(viewer, area)
    under = 1 if inside else profile().suppress_under
    came = _came(viewer, area, first) if wider is None else Matter.objects.none()
    more = came.aggregate(
        committee=Count("pk", filter=Q(mediation__handed_at__isnull=False)),
        reopened=Count("pk", filter=Q(reopened__gt=0)),
    )
    grids = _by(came, "leaf__name", "community__name")
    kinds = _by(came, "category")
    total = (sum(row[1] for row in kinds), sum(row[2] for row in kinds))
    return Month(
        area=area,
        first=first,
        total=told([("", *total)], under)[0] if wider is None else Sum("", None, None),
        committee=_small(more["committee"], under),
        reopened=_small(more["reopened"], under),
        grids=told([(" · ".join(name for name in names if name), n, s) for names, n, s in grids], under),
        kinds=told([(category_name(names[0] or ""), n, s) for names, n, s in kinds], under),
        text=MonthlyText.objects.filter(area=area, month=first).select_related("post").first(),
        may_write=may(viewer, "matter.dispatch", lineage),
        inside=inside,
        told_in=wider.name if wider else "",
    )


def months_back() -> list[date]:
    """Return the first days of this month and those before it, the latest first."""
    first = localdate(clock.now()).replace(day=1)
    found = [first]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _wider(viewer: Viewer, area: Area) -> Area | None:
    """Return the widest area around this one whose months ``viewer`` may see as well."""
    around = [area.district, area.street] if area.level == "community" else [area.district]
    seen = (one for one in around if one and one != area and may(viewer, "figures.see", lineage_of(one)))
    return next(seen, None)


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


def told(rows: Sequence[tuple[str, int, int]], under: int) -> tuple[Sum, ...]:
    """Hide small cells, and what would let them be worked out again from the total.

    Rows whose own count is hidden become one without names: a name alone tells that there was one.
    """
    came = hidden([came for _name, came, _settled in rows], under)
    settled = came.union(
        hidden([settled for _name, _came, settled in rows], under),
        hidden([came - settled for _name, came, settled in rows], under),
    )
    shown = [
        Sum(name, came_in, None if index in settled else done)
        for index, (name, came_in, done) in enumerate(rows)
        if index not in came
    ]
    return (*shown, Sum(_("others, too few to tell"), None, None)) if came else tuple(shown)


def _small(count: int, under: int) -> int | None:
    return None if 0 < count < under else count
