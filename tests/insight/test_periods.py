"""The days that a choice of time stands for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from shige.insight.periods import LONGEST, Choice, Period, month_within, period_of

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("week", date(2026, 11, 23), TODAY),
        ("month", date(2026, 11, 1), TODAY),
        ("days30", date(2026, 10, 27), TODAY),
        ("custom", date(2026, 10, 27), TODAY),
    ],
)
def test_a_choice_ends_today(choice: Choice, first: date, last: date) -> None:
    assert period_of(choice, TODAY) == Period(first, last)


def test_chosen_dates_count_only_when_chosen() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    assert period_of("custom", TODAY, first, last) == Period(first, last)
    assert period_of("days30", TODAY, first, last) == period_of("days30", TODAY)


def test_a_period_holds_its_last_day_to_the_end() -> None:
    day = Period(TODAY, TODAY)
    assert day.until - day.since == timedelta(days=1)
    assert timezone.localtime(day.since).hour == 0


@pytest.mark.parametrize(
    ("first", "last"), [(TODAY, TODAY - timedelta(days=1)), (TODAY - LONGEST - timedelta(days=1), TODAY)]
)
def test_a_span_that_cannot_be_meant_is_refused(first: date, last: date) -> None:
    with pytest.raises(ValueError, match="the "):
        period_of("custom", TODAY, first, last)


def test_a_month_is_cut_to_the_period() -> None:
    period = Period(date(2026, 10, 20), date(2027, 1, 5))
    assert month_within("2026-10", period) == (date(2026, 10, 20), date(2026, 10, 31))
    assert month_within("2026-12", period) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_within("2027-01", period) == (date(2027, 1, 1), date(2027, 1, 5))
