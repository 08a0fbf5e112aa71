"""How often opinions were heard, by theme and place, and what is rising (R40, P8)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate

from shige.matters import clock
from shige.territory.models import Area
from shige.trust.gate import BELOW_STREET, Viewer, require
from shige.trust.jurisdiction import profile
from shige.trust.suppression import hidden

from ..models import Opinion
from ..rules import theme_name
from .notes import narrowed

Span = Literal["week", "month"]
DAYS: Final[Mapping[Span, int]] = {"week": 7, "month": 30}
SPANS: Final = 6
EXPORTED_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Heard:
    """How often something was heard in each span up to today, the oldest first; ``key`` of theme or area."""

    key: str | int
    name: str
    counts: tuple[int, ...]

    @property
    def now(self) -> int:
        """In the last span."""
        return self.counts[-1]

    @property
    def earlier(self) -> tuple[int, ...]:
        """In the spans before it."""
        return self.counts[:-1]

    @property
    def change(self) -> int:
        """By how much the last span exceeds the one before."""
        return self.counts[-1] - self.counts[-2]

    @property
    def fewer(self) -> int:
        """By how much the last span falls short of the one before."""
        return -self.change


@dataclass(frozen=True, slots=True)
class OpinionCounts:
    """The last days of the spans, and what was heard in them: by theme, by place, what rises most first."""

    ends: tuple[date, ...]
    themes: tuple[Heard, ...]
    places: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the table that leaves the office; no count where it is too small to be told."""

    month: date
    place: str
    theme: str
    times: int | None


def opinion_counts(viewer: Viewer, span: Span, theme: str = "", area: Area | None = None) -> OpinionCounts:
    """Return how often opinions were heard in the areas where ``viewer`` follows them up; two statements.

    Places are communities for a street, and grids within a community.

    Raises
    ------
    PermissionDenied
        ``viewer`` follows no opinions up.
    """
    require(viewer, "opinion.follow")
    today = localdate(clock.now())
    ends = [today - timedelta(days=DAYS[span] * back) for back in reversed(range(SPANS))]
    found = narrowed(viewer, theme, area).filter(hearings__on__gt=ends[0] - timedelta(days=DAYS[span]))
    near = {scope.level for scope in viewer.holding("opinion.follow")} <= BELOW_STREET
    place = "area" if area is not None or near else "community"
    themes = [Heard(code, theme_name(code), counts) for code, counts in _by(found, ends, "theme")]
    places = [Heard(pk, name, counts) for pk, name, counts in _by(found, ends, place, f"{place}__name")]
    return OpinionCounts(tuple(ends), _rising_first(themes), _rising_first(places))


def opinions_to_share(viewer: Viewer, theme: str = "", area: Area | None = None) -> list[Cell]:
    """Return how often opinions were heard in a year by month, place and theme, without small counts (P8).

    Within a month no count is told from which a hidden one could be worked out; one statement.
    """
    require(viewer, "opinion.follow")
    since = (localdate(clock.now()) - timedelta(days=EXPORTED_DAYS)).replace(day=1)
    found = narrowed(viewer, theme, area).filter(hearings__on__gte=since)
    counted = (
        found.annotate(month=TruncMonth("hearings__on"))
        .values_list("month", "community__name", "area__name", "theme")
        .annotate(times=Count("hearings"))
        .order_by("-month", "community__name", "area__name", "theme")
    )
    months: dict[date, list[Any]] = defaultdict(list)
    for row in counted:
        months[row[0]].append(row)
    return [cell for month, rows in months.items() for cell in _told(month, rows)]


def _by(found: QuerySet[Opinion], ends: Sequence[date], *columns: str) -> list[Any]:
    """Return the columns of each group with its counts of every span."""
    days = ends[1] - ends[0]
    spans = {
        f"span_{place}": Count("hearings", filter=Q(hearings__on__gt=end - days, hearings__on__lte=end))
        for place, end in enumerate(ends)
    }
    rows: Any = found.order_by(*columns).values_list(*columns).annotate(**spans)
    return [(*row[: len(columns)], tuple(row[len(columns) :])) for row in rows]


def _rising_first(heard: list[Heard]) -> tuple[Heard, ...]:
    return tuple(sorted(heard, key=lambda one: (-one.change, -one.now, one.name)))


def _told(month: date, rows: Sequence[Any]) -> list[Cell]:
    secret = hidden([times for *_names, times in rows], profile().suppress_under)
    return [
        Cell(
            month,
            " · ".join(dict.fromkeys(name for name in (community, area) if name)),
            theme_name(theme),
            None if at in secret else times,
        )
        for at, (_month, community, area, theme, times) in enumerate(rows)
    ]
