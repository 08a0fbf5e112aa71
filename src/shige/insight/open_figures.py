"""Figures that anybody may read: of whole months that are over, k-anonymous, by place and category (R35, P8).

Sealed matters are left out: they are about people at work, and a neighbour knows whom. Two tables share one
total and are never crossed; of rates only the share is told, and only where it rests on enough matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone

from shige.territory.models import Area
from shige.trust.jurisdiction import profile

from .labels import labels_of
from .measures import Measures, measures_of, sum_of, suppressed
from .models import CaseFact
from .queries import By, Row, cells, complete_until, reported

MONTHS: Final = 12
"""Months that can be chosen, the last one that is over first."""

MOST_AREAS: Final = 60
"""With more communities than these the table compares streets."""


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """The figures of one month: its first day, everything together, by area and by category."""

    month: date
    total: Measures
    areas: tuple[Row, ...]
    categories: tuple[Row, ...]


def open_months(today: date) -> list[date]:
    """Return the first days of the months that may be shown; the present one is not over."""
    first = today.replace(day=1)
    found = []
    for _back in range(MONTHS):
        first = _before(first)
        found.append(first)
    return found


def open_figures(month: date) -> OpenFigures:
    """Return what anybody may read of the matters that were reported in a month; three statements."""
    since, until = _start(month), _start(_after(month))
    cases = reported(CaseFact.objects.filter(sealed=0), since, until, "")
    as_of, under = complete_until(), profile().suppress_under
    by: By = "community" if Area.objects.filter(level="community").count() <= MOST_AREAS else "street"
    places = cells(cases, by, "", as_of)
    total = suppressed([sum_of([measures_of(row) for row in places])], under)[0]
    kinds = cells(cases, "category", "", as_of)
    return OpenFigures(month, total, _rows(by, places, under), _rows("category", kinds, under))


def _rows(by: By, counted: Sequence[dict[str, Any]], under: int) -> tuple[Row, ...]:
    """Return the cells of a table without small counts and without what would give them away."""
    labels = labels_of(by, [row["key"] for row in counted])
    shown = suppressed([measures_of(row) for row in counted], under)
    return tuple(Row(*labels[row["key"]], cell) for row, cell in zip(counted, shown, strict=True))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _before(first: date) -> date:
    return (
        first.replace(year=first.year - 1, month=12)
        if first.month == 1
        else first.replace(month=first.month - 1)
    )


def _after(first: date) -> date:
    return (
        first.replace(year=first.year + 1, month=1)
        if first.month == 12
        else first.replace(month=first.month + 1)
    )
