"""Spans of time that the figures are asked for: this week, this month, 30 days, or chosen dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args

from django.utils import timezone

Choice = Literal["week", "month", "days30", "custom"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
YEARS: Final = (1970, 2200)
LONGEST: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the jurisdiction's calendar, the last one included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first moment of the period."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))


def period_of(choice: Choice, today: date, first: date | None = None, last: date | None = None) -> Period:
    """Return the days of a choice as of ``today``.

    A week begins on Monday. 30 days end with today. Dates of one's own may be left open: the first then
    is 29 days before the last, the last is today.

    Raises
    ------
    ValueError
        The last day lies before the first, the span is longer than three years, or a year is absurd.
    """
    if choice == "week":
        return Period(today - timedelta(days=today.weekday()), today)
    if choice == "month":
        return Period(today.replace(day=1), today)
    end = (last or today) if choice == "custom" else today
    if not all(YEARS[0] <= day.year <= YEARS[1] for day in (first or end, end)):
        raise ValueError("no year of this calendar")
    begin = (first if choice == "custom" else None) or end - timedelta(days=29)
    if end < begin:
        raise ValueError("the last day lies before the first")
    if end - begin > LONGEST:
        raise ValueError("the span is longer than three years")
    return Period(begin, end)


def month_within(month: str, period: Period) -> tuple[date, date]:
    """Return the days of a month (2026-11) that lie in a period."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return max(first, period.first), min(after - timedelta(days=1), period.last)


@dataclass(frozen=True, slots=True)
class Closed:
    """A month, quarter or year that is over; ``key`` is 2026-10, 2026-Q3 or 2026."""

    key: str
    period: Period

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        return list(_months(self.period.first, self.period.last))


MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12}
CLOSED_MONTHS: Final = 36
"""How far back closed periods are offered."""


def closed_periods(units: tuple[str, ...], today: date, after_days: int) -> list[Closed]:
    """Return the periods of the units that were over ``after_days`` ago, by unit, the last one first."""
    end = (today - timedelta(days=after_days)).replace(day=1)
    return [one for unit in units for one in _of_unit(unit, end)]


def is_whole(since: datetime, until: datetime, at: datetime) -> bool:
    """Say whether a span is made of whole months that are over."""
    first, after = timezone.localtime(since), timezone.localtime(until)
    begins = all(each.day == 1 and each.time() == time.min for each in (first, after))
    return begins and since < until <= at


def _of_unit(unit: str, end: date) -> Iterator[Closed]:
    length = MONTHS_IN[unit]
    after = end.replace(month=(end.month - 1) // length * length + 1)
    for _back in range(CLOSED_MONTHS // length):
        first = _back_from(after, length)
        name = {"month": f"{first:%Y-%m}", "quarter": f"{first.year}-Q{(first.month + 2) // 3}"}
        yield Closed(name.get(unit, f"{first.year}"), Period(first, after - timedelta(days=1)))
        after = first


def _back_from(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = _back_from(first, -1)
