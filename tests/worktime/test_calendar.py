"""Working days follow the year's notice, a loaded file, or the law, and say how sure they are (R22)."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.profile.loader import load
from shige.worktime import Holidays, calendar_of, load_holidays
from shige.worktime.holidays import days_between

CHENGDU = calendar_of(load("chengdu"))
GENERIC = calendar_of(load("generic"))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),  # Friday before 春节
        (date(2026, 2, 14), True),  # Saturday, make-up day
        (date(2026, 2, 16), False),  # Monday, 除夕
        (date(2026, 2, 23), False),  # Monday, day in lieu
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday, make-up day
        (date(2026, 3, 1), False),  # Sunday
        (date(2026, 11, 24), True),
    ],
)
def test_the_year_follows_its_notice_around_spring_festival(day: date, works: bool) -> None:
    assert CHENGDU.is_working_day(day) is works


def test_a_year_without_notice_has_its_statutory_holidays_only() -> None:
    days_off = [date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8), date(2027, 4, 5), date(2027, 6, 9)]
    assert not any(CHENGDU.is_working_day(day) for day in days_off)
    assert not CHENGDU.is_working_day(date(2027, 2, 9))  # for Saturday, 6 February
    assert CHENGDU.is_working_day(date(2027, 2, 11))
    assert not CHENGDU.is_working_day(date(2027, 2, 20))


def test_a_year_without_notice_is_uncertain() -> None:
    assert CHENGDU.uncertain_years(date(2026, 12, 30), date(2026, 12, 31)) == ()
    assert CHENGDU.uncertain_years(date(2026, 12, 30), date(2028, 1, 3)) == (2027, 2028)


def test_a_loaded_file_makes_its_year_certain(tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_text('[2027]\nholidays = ["2027-02-05/2027-02-11"]\nmake_up = ["2027-02-20"]\n', "utf-8")
    calendar = calendar_of(load("chengdu"), load_holidays(file))
    assert calendar.uncertain_years(date(2026, 12, 30), date(2027, 1, 5)) == ()
    assert not calendar.is_working_day(date(2027, 2, 11))
    assert calendar.is_working_day(date(2027, 2, 20))
    assert not calendar.is_working_day(date(2026, 2, 16))


def test_a_loaded_file_replaces_the_notice_of_its_year(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text('[2026]\nholidays = ["2026-11-24"]\n', "utf-8")
    calendar = calendar_of(load("chengdu"), load_holidays(file))
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert calendar.is_working_day(date(2026, 2, 16))


def test_a_few_days_are_added_to_what_is_known_of_their_year(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("date,kind\n2026-11-24,holiday\n2026-02-14,holiday\n2026-02-16,make_up\n", "utf-8")
    calendar = calendar_of(load("chengdu"), load_holidays(file))
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert not calendar.is_working_day(date(2026, 2, 14))
    assert calendar.is_working_day(date(2026, 2, 16))
    assert not calendar.is_working_day(date(2026, 2, 17))


@given(st.sets(st.dates(date(2025, 12, 25), date(2027, 1, 7)), min_size=1))
def test_a_notice_changes_no_other_day_of_the_years_beside_its_own(named: set[date]) -> None:
    loaded = Holidays(frozenset({2026}), frozenset(named), frozenset())
    calendar = calendar_of(load("chengdu"), loaded)
    assert not any(calendar.is_working_day(day) for day in named)
    for day in set(days_between(date(2025, 1, 1), date(2027, 12, 31))) - named:
        if day.year != 2026:
            assert calendar.is_working_day(day) is CHENGDU.is_working_day(day)
    assert calendar.uncertain_years(date(2025, 1, 1), date(2027, 12, 31)) == (2027,)


def test_another_country_rests_at_weekends_alone_and_is_never_uncertain() -> None:
    assert GENERIC.is_working_day(date(2026, 2, 16))
    assert not GENERIC.is_working_day(date(2026, 2, 14))
    assert GENERIC.uncertain_years(date(1990, 1, 1), date(2050, 1, 1)) == ()


def test_a_make_up_day_without_hours_has_those_of_the_first_working_weekday(
    tmp_path: Path,
) -> None:
    file = tmp_path / "own.csv"
    file.write_text("date,kind\n2026-02-14,make_up\n", "utf-8")
    calendar = calendar_of(load("generic"), load_holidays(file))
    hours = [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.spans(date(2026, 2, 14))]
    assert hours == ["08:30-12:30", "13:30-16:30"]
