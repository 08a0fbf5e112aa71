"""Figures as a viewer may read them: counted by the database, within the gate, without small counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, get_args

from django.core.exceptions import PermissionDenied
from django.db.models import Aggregate, Case, Count, F, FloatField, Min, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce, Left, TruncMonth, TruncWeek
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import BELOW_STREET, COLUMNS, HIGHEST_SEAL, Viewer, may, require, unconcerned, visible
from shige.trust.jurisdiction import profile
from shige.trust.models import JournalEntry
from shige.trust.permissions import Action

from .guarded import cases_seen, seen_in
from .labels import labels_of
from .measures import NOTHING, RATED, Measures, aggregates, measures_of, sum_of, without_stars
from .models import READER, CaseFact, Reader
from .periods import is_whole

By = Literal["street", "community", "general", "leaf", "category", "month"]
ALL_BY: Final[tuple[By, ...]] = get_args(By)
GRID_BY: Final[Mapping[str, str]] = {
    "street": "street_id",
    "community": "community_id",
    "general": "general_id",
    "leaf": "leaf_id",
}
"""Levels of comparison. An exclusive grid stands among the general grids, as it lies in none."""

FEWEST_PEERS: Final = 3
"""A median of fewer areas would tell one of them."""

TREND_WEEKS: Final = 13
LAST_YEAR: Final = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One cell of a breakdown: ``key`` is a code of an area or category, or a month (2026-11).

    ``all_listed`` says whether whoever looks may list every matter that it counts.
    """

    key: str
    label: str
    measures: Measures
    all_listed: bool = False


@dataclass(frozen=True, slots=True)
class Medians:
    """The middle rate of like areas, from 0 to 1; None where too few of them can be told."""

    response: float | None
    resolution: float | None
    satisfaction: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the matters reported in a period; complete until ``complete_until``."""

    since: datetime
    until: datetime
    by: By
    rows: tuple[FigureRow, ...]
    total: Measures
    received: int | None
    medians: Medians | None
    complete_until: datetime
    all_listed: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """One point of a trend: the week's Monday, its measures, and those of the same week last year."""

    monday: date
    measures: Measures
    last_year: Measures


class Median(Aggregate):
    """The middle value, as PostgreSQL interpolates it; NULL where there is none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def figures(
    viewer: Viewer,
    since: datetime,
    until: datetime,
    by: By,
    area: Area | None = None,
    category: str = "",
) -> Figures:
    """Return response, resolution and satisfaction of matters reported in a period (R28).

    Parameters
    ----------
    since, until
        The period: its first moment, and the first one after it.
    by
        What the rows compare: grids of a level, categories, or months.
    area
        Only matters of this area; None for all that the viewer may see.
    category
        Code of a top category or of one below it; empty for all.

    Raises
    ------
    PermissionDenied
        The viewer may see no figures, or none of ``area``; or sees no matters there, and is told figures of
        closed periods only (``told_figures``, P8).
    """
    _require_at_work(viewer, area)
    as_of = complete_until()
    cases = within(cases_seen(viewer), area)
    chosen = reported(cases, since, until, category)
    counted = cells(chosen, by, category, as_of, **listed(viewer, by, area))
    told = _told_to(viewer, area)
    raw = [told(measures_of(row)) for row in counted]
    total = told(sum_of([measures_of(row) for row in counted]))
    labels = labels_of(by, [row["key"] for row in counted])
    rows = [
        FigureRow(*labels[row["key"]], cell, all_listed=row["listed"] == row["open_of"])
        for row, cell in zip(counted, raw, strict=True)
    ]
    medians = None  # where none may be told, as where the rows are no areas
    if by in GRID_BY and _may_compare(viewer, since, until, area):
        like = reported(peers(viewer, area), since, until, category)
        medians = medians_of(like, by, as_of)
    all_listed = all(row["listed_together"] == row["open_of"] for row in counted)
    return Figures(since, until, by, tuple(rows), total, total.open.of, medians, as_of, all_listed)


def listed(viewer: Viewer, by: By, area: Area | None) -> dict[str, Count]:
    """Return counts of what the lists of matters hold for the viewer: of a row, and of the rows together.

    Danger to persons is listed by no area below a street (P4).
    """
    seen, plain = seen_in(viewer, "matter.see"), Q(guarded=False)
    below = area is not None and area.level in BELOW_STREET
    rows = seen & plain if below or by in ("community", "general", "leaf") else seen
    counted = {"listed": rows, "listed_together": seen & plain if below else seen}
    return {name: Count("matter", filter=condition) for name, condition in counted.items()}


def trend(viewer: Viewer, until: datetime, area: Area | None = None, category: str = "") -> tuple[Week, ...]:
    """Return the weeks up to ``until``, each beside the same week a year before; one statement.

    Raises
    ------
    PermissionDenied
        The viewer may see no figures, or none of ``area``; or sees no matters there (P8).
    """
    _require_at_work(viewer, area)
    last = timezone.localdate(until - timedelta(microseconds=1))
    monday = last - timedelta(days=last.weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(TREND_WEEKS))]
    cases = within(cases_seen(viewer), area)
    begin = until - timedelta(weeks=TREND_WEEKS)
    chosen = of_category(cases, category).filter(
        Q(reported_at__gte=begin, reported_at__lt=until)
        | Q(reported_at__gte=begin - LAST_YEAR, reported_at__lt=until - LAST_YEAR + timedelta(weeks=1))
    )
    weekly = (
        chosen.annotate(key=TruncWeek("reported_at")).values("key").annotate(**aggregates(complete_until()))
    )
    counted: list[dict[str, Any]] = list(weekly)  # type: ignore[arg-type]
    found = {timezone.localdate(row["key"]): measures_of(row) for row in counted}
    told = _told_to(viewer, area)
    now, before = (
        [told(found.get(day - ago, NOTHING)) for day in mondays] for ago in (timedelta(0), LAST_YEAR)
    )
    return tuple(Week(*point) for point in zip(mondays, now, before, strict=True))


def at_work(viewer: Viewer, area: Area | None) -> bool:
    """Say whether somebody sees the matters themselves of an area, or of all areas whose figures they see."""
    return _may_wherever(viewer, "matter.see", area)


def sees_stars(viewer: Viewer, area: Area | None) -> bool:
    """Say whether somebody sees the stars of single matters of an area: whoever dispatches there.

    To others a share of any days would tell them, as of a day on which one matter was rated.
    """
    return _may_wherever(viewer, "matter.dispatch", area)


def _may_wherever(viewer: Viewer, action: Action, area: Area | None) -> bool:
    if area is not None:
        return may(viewer, action, lineage_of(area))
    if viewer.system:
        return True
    seen = {(scope.level, scope.area) for scope in viewer.holding("figures.see")}
    return seen <= {(scope.level, scope.area) for scope in viewer.holding(action)}


def _told_to(viewer: Viewer, area: Area | None) -> Callable[[Measures], Measures]:
    """Return what leaves of a cell what somebody may read of days of their own choice."""
    return (lambda cell: cell) if sees_stars(viewer, area) else without_stars


def _require_at_work(viewer: Viewer, area: Area | None) -> None:
    require(viewer, "figures.see", lineage_of(area) if area else None)
    if not at_work(viewer, area):
        raise PermissionDenied("figures of any span of time are for whoever sees the matters")


def complete_until() -> datetime:
    """Return the moment up to which everything that happened is in the figures.

    That is now, unless entries of the journal wait to be read: then it is when the oldest was written.
    """
    read = Reader.objects.filter(name=READER).values("position")
    unread = JournalEntry.objects.filter(Q(position__gt=Coalesce(read, 0)) | Q(position=None))
    oldest: datetime | None = unread.aggregate(oldest=Min("at"))["oldest"]
    return oldest or timezone.now()


def reported(
    cases: QuerySet[CaseFact], since: datetime, until: datetime, category: str
) -> QuerySet[CaseFact]:
    """Leave the matters reported in a period, of a category where one is given."""
    return of_category(cases, category).filter(reported_at__gte=since, reported_at__lt=until)


def of_category(cases: QuerySet[CaseFact], category: str) -> QuerySet[CaseFact]:
    """Leave the matters of a category or of those below it."""
    if not category:
        return cases
    return cases.filter(Q(category=category) | Q(category__startswith=f"{category}."))


def within(cases: QuerySet[CaseFact], area: Area | None) -> QuerySet[CaseFact]:
    """Leave the matters that lie in an area."""
    if area is None or area.level not in COLUMNS:
        return cases
    return cases.filter(**{COLUMNS[area.level]: lineage_of(area).at(area.level)})


def cells(
    cases: QuerySet[CaseFact], by: By, category: str, as_of: datetime, **also: Count
) -> list[dict[str, Any]]:
    """Count every cell of a breakdown in one statement."""
    keyed = cases.annotate(key=KEYS[by](category))
    counted = keyed.values("key").order_by("key").annotate(**aggregates(as_of), **also)
    return list(counted)  # type: ignore[arg-type]


KEYS: Final[Mapping[By, Callable[[str], Any]]] = {
    "street": lambda category: F("street_id"),
    "community": lambda category: F("community_id"),
    "general": lambda category: Coalesce("general_id", "leaf_id"),
    "leaf": lambda category: F("leaf_id"),
    "category": lambda category: F("category") if category else Left("category", 2),
    "month": lambda category: TruncMonth("reported_at"),
}
"""What the rows of a breakdown have in common."""


def peers(viewer: Viewer, area: Area | None) -> QuerySet[CaseFact]:
    """Return the matters of like areas: of the same street or district, urban beside urban.

    Only their median leaves this room, so they may lie outside the viewer's own area; sealed matters
    stay hidden from whom they are kept (P3), and danger to persons counts in no median (P4).
    """
    seals = HIGHEST_SEAL if viewer.system else viewer.clearance("figures.see")
    cases = CaseFact.objects.filter(unconcerned(viewer), sealed__lte=seals, guarded=False)
    if area is None:
        return cases.filter(visible(viewer, "figures.see", sealable=True))
    if area.level not in BELOW_STREET:
        return within(cases, area)
    rural = Area.objects.filter(pk__in=[area.community_id]).values("rural")
    like = Area.objects.filter(level=Area.Level.COMMUNITY, street_id=area.street_id, rural__in=rural)
    return cases.filter(street_id=area.street_id, community_id__in=like.values("pk"))


def _may_compare(viewer: Viewer, since: datetime, until: datetime, area: Area | None) -> bool:
    """Say whether the middle of like areas may be told: where all of them are seen, else of whole months.

    With days of one's own choice two medians would differ by the matters of a single day elsewhere (P8).
    """
    if area is None or area.level not in BELOW_STREET:
        return True
    street = replace(lineage_of(area), community=None, general=None, leaf=None)
    return may(viewer, "matter.see", street) or is_whole(since, until, timezone.now())


def medians_of(cases: QuerySet[CaseFact], by: By, as_of: datetime) -> Medians:
    """Return the middle rates of the areas that have enough matters to be told; one statement."""
    counted = cases.annotate(key=KEYS[by]("")).exclude(key=None).values("key").annotate(**aggregates(as_of))
    rates = {name: rate_of(name, profile().suppress_under) for name in RATED}
    found = counted.annotate(**{f"{name}_rate": rate for name, rate in rates.items()}).aggregate(
        **{f"{name}_median": Median(f"{name}_rate") for name in RATED},
        **{f"{name}_areas": Count(f"{name}_rate") for name in RATED},
    )
    return Medians(
        *(found[f"{name}_median"] if found[f"{name}_areas"] >= FEWEST_PEERS else None for name in RATED)
    )


def rate_of(name: str, under: int) -> Case:
    """Return the database's rate of a measure where it rests on enough matters, else NULL."""
    rate = Cast(F(f"{name}_part"), FloatField()) / Cast(F(f"{name}_of"), FloatField())
    return Case(When(**{f"{name}_of__gte": under}, then=rate), output_field=FloatField())
