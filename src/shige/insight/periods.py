"""Spans of time that the figures are asked for: this week, this month, 30 days, or chosen dates."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args

from django.utils import timezone

Choice = Literal["week", "month", "days30", "custom"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
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
        The last day lies before the first, or the span is longer than three years.
    """
    if choice == "week":
        return Period(today - timedelta(days=today.weekday()), today)
    if choice == "month":
        return Period(today.replace(day=1), today)
    end = (last or today) if choice == "custom" else today
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
