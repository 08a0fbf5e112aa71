"""Limits count office hours and working days, X tiers the clock; the promises of R22 in numbers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.profile import Limit, parse_limit
from shige.profile.loader import load
from shige.worktime import (
    Calendar,
    Deadline,
    calendar_of,
    deadline,
    load_holidays,
    part_of,
    put_off,
    resume,
    worked_between,
)

CHENGDU = calendar_of(load("chengdu"))
GENERIC = calendar_of(load("generic"))
CALENDARS = st.sampled_from([CHENGDU, GENERIC])
SHANGHAI = ZoneInfo("Asia/Shanghai")
STARTS = st.datetimes(datetime(2026, 2, 9), datetime(2026, 3, 8), timezones=st.just(SHANGHAI))  # noqa: DTZ001
COUNTED = st.integers(0, 50).map(lambda n: Limit(n, "h")) | st.integers(0, 900).map(lambda n: Limit(n, "min"))
LIMITS = COUNTED | st.integers(0, 20).map(lambda n: Limit(n, "wd"))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)


def due(start: str, limit: str, elapsed: bool = False) -> str:
    found = deadline(CHENGDU, at(start), parse_limit(limit), elapsed=elapsed).due
    return f"{found:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-24 10:00", "1h", "2026-11-24 11:00"),
        ("2026-11-24 11:30", "1h", "2026-11-24 13:30"),  # over lunch
        ("2026-11-24 13:00", "4h", "2026-11-24 17:00"),  # ends with the day
        ("2026-11-24 16:30", "4h", "2026-11-25 13:30"),  # over the night
        ("2026-11-27 16:30", "4h", "2026-11-30 13:30"),  # over a weekend
        ("2026-11-28 10:00", "30min", "2026-11-30 09:30"),  # from a Saturday
        ("2026-02-14 16:00", "4h", "2026-02-24 12:00"),  # make-up Saturday, then 春节
        ("2026-11-24 10:00", "now", "2026-11-24 10:00"),
        ("2026-11-24 12:30", "now", "2026-11-24 13:00"),
        ("2026-11-24 17:00", "now", "2026-11-25 09:00"),
    ],
)
def test_hours_are_office_hours(start: str, limit: str, expected: str) -> None:
    assert due(start, limit) == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-24 10:00", "1wd", "2026-11-25 10:00"),  # same time of day
        ("2026-11-27 16:00", "1wd", "2026-11-30 16:00"),  # over a weekend
        ("2026-11-24 20:00", "1wd", "2026-11-25 17:00"),  # after hours: close of the next working day
        ("2026-11-28 10:00", "2wd", "2026-12-01 17:00"),  # from a Saturday
        ("2026-11-24 08:00", "1wd", "2026-11-24 17:00"),  # before opening: that whole day
        ("2026-11-24 12:30", "1wd", "2026-11-25 13:00"),  # at lunch: from 13:00
        ("2026-02-13 15:00", "1wd", "2026-02-14 15:00"),  # the make-up Saturday counts
        ("2026-02-13 15:00", "2wd", "2026-02-24 15:00"),  # 春节 does not
        ("2026-02-27 15:00", "1wd", "2026-02-28 15:00"),  # the second make-up Saturday
    ],
)
def test_working_days_end_at_the_same_time_of_day(start: str, limit: str, expected: str) -> None:
    assert due(start, limit) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("now", "2026-02-14 23:50"), ("30min", "2026-02-15 00:20"), ("24h", "2026-02-15 23:50")],
)
def test_tiers_by_the_clock_run_day_and_night(limit: str, expected: str) -> None:
    assert due("2026-02-14 23:50", limit, elapsed=True) == expected


def test_the_clock_is_not_moved_by_summer_time() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=GENERIC.zone)
    found = deadline(GENERIC, before, Limit(4, "h"), elapsed=True).due
    assert found.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=4)


def test_a_time_outside_a_shorter_day_moves_to_its_close() -> None:
    tuesday_afternoon = datetime(2026, 11, 24, 15, 0, tzinfo=GENERIC.zone)
    assert deadline(GENERIC, tuesday_afternoon, Limit(1, "wd")).due == datetime(
        2026, 11, 25, 12, 30, tzinfo=GENERIC.zone
    )


def test_working_days_cannot_be_counted_by_the_clock() -> None:
    with pytest.raises(ValueError, match="depends on the calendar"):
        deadline(CHENGDU, at("2026-11-24 10:00"), Limit(1, "wd"), elapsed=True)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        deadline(CHENGDU, datetime(2026, 11, 24, 10, 0), Limit(1, "h"))  # noqa: DTZ001


def test_a_start_in_another_zone_is_the_same_moment() -> None:
    start = at("2026-11-24 10:00")
    assert deadline(CHENGDU, start.astimezone(UTC), Limit(1, "wd")) == deadline(
        CHENGDU, start, Limit(1, "wd")
    )


def test_a_deadline_in_a_year_without_notice_is_approximate(tmp_path: Path) -> None:
    start = at("2026-12-30 10:00")
    assert not deadline(CHENGDU, start, Limit(1, "wd")).approximate
    assert deadline(CHENGDU, start, Limit(2, "wd")).approximate
    assert not deadline(CHENGDU, start, Limit(99, "h"), elapsed=True).approximate
    file = tmp_path / "2027.toml"
    file.write_text('[2027]\nholidays = ["2027-01-01/2027-01-03"]\n', "utf-8")
    certain = calendar_of(load("chengdu"), load_holidays(file))
    assert not deadline(certain, start, Limit(2, "wd")).approximate


def test_worked_time_leaves_out_lunch_nights_and_holidays() -> None:
    assert worked_between(CHENGDU, at("2026-11-24 11:00"), at("2026-11-24 14:00")) == timedelta(hours=2)
    assert worked_between(CHENGDU, at("2026-02-14 16:00"), at("2026-02-24 10:00")) == timedelta(hours=2)
    assert worked_between(CHENGDU, at("2026-11-28 00:00"), at("2026-11-29 23:59")) == timedelta()
    assert worked_between(CHENGDU, at("2026-11-25 10:00"), at("2026-11-24 10:00")) == timedelta()


def test_a_pause_leaves_the_time_that_was_left() -> None:
    before = Deadline(at("2026-11-25 10:00"), approximate=False)
    after = resume(CHENGDU, before, at("2026-11-24 16:00"), at("2026-11-27 16:30"))
    assert after.due == at("2026-11-30 10:30")


def test_a_pause_by_the_clock_moves_the_deadline_by_its_length() -> None:
    before = Deadline(at("2026-11-25 10:00"), approximate=False)
    after = resume(CHENGDU, before, at("2026-11-24 22:00"), at("2026-11-25 03:00"), elapsed=True)
    assert after.due == at("2026-11-25 15:00")


def test_a_pause_does_not_excuse_being_late() -> None:
    late = Deadline(at("2026-11-24 10:00"), approximate=False)
    assert resume(CHENGDU, late, at("2026-11-24 11:00"), at("2026-11-26 11:00")) == late


def test_a_pause_into_an_uncertain_year_is_approximate() -> None:
    before = Deadline(at("2026-12-31 10:00"), approximate=False)
    assert resume(CHENGDU, before, at("2026-12-30 10:00"), at("2027-01-11 10:00")).approximate


def test_the_shares_of_the_time_leave_pauses_out() -> None:
    given = CHENGDU, at("2026-11-24 10:00"), at("2026-11-30 10:00"), 0.5  # four days of seven hours
    assert part_of(*given) == at("2026-11-26 10:00")
    assert part_of(*given, stood=timedelta(hours=14)) == at("2026-11-27 10:00")
    assert part_of(*given, stood=timedelta(days=3), elapsed=True) == at("2026-11-28 22:00")
    assert part_of(*given, stood=timedelta(days=99)) == at("2026-11-30 10:00")


def test_a_deadline_is_put_off_by_office_hours_or_by_the_clock() -> None:
    before = Deadline(at("2026-11-27 16:00"), approximate=False)
    assert put_off(CHENGDU, before, timedelta()) == before
    assert put_off(CHENGDU, before, timedelta(hours=2)).due == at("2026-11-30 10:00")
    assert put_off(CHENGDU, before, timedelta(hours=2), elapsed=True).due == at("2026-11-27 18:00")
    assert put_off(CHENGDU, before, timedelta(days=30)).approximate


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    before = Deadline(at("2026-11-25 10:00"), approximate=False)
    with pytest.raises(ValueError, match="ends before it begins"):
        resume(CHENGDU, before, at("2026-11-24 12:00"), at("2026-11-24 11:00"))


@given(CALENDARS, STARTS, STARTS, LIMITS)
def test_a_later_start_is_never_due_earlier(
    calendar: Calendar, one: datetime, other: datetime, limit: Limit
) -> None:
    first, second = sorted((one, other))
    assert deadline(calendar, first, limit).due <= deadline(calendar, second, limit).due


@given(CALENDARS, STARTS, LIMITS, st.integers(0, 10))
def test_a_longer_limit_is_never_due_earlier(
    calendar: Calendar, start: datetime, limit: Limit, more: int
) -> None:
    longer = Limit(limit.amount + more, limit.unit)
    assert deadline(calendar, start, limit).due <= deadline(calendar, start, longer).due


@given(CALENDARS, STARTS, LIMITS)
def test_a_deadline_lies_in_office_hours_and_not_before_its_start(
    calendar: Calendar, start: datetime, limit: Limit
) -> None:
    found = deadline(calendar, start, limit).due
    local = calendar.local(found)
    assert found >= start
    assert any(opens <= local <= closes for opens, closes in calendar.spans(local.date()))


@given(CALENDARS, STARTS, COUNTED)
def test_the_office_hours_until_a_deadline_are_its_limit(
    calendar: Calendar, start: datetime, limit: Limit
) -> None:
    found = deadline(calendar, start, limit).due
    assert worked_between(calendar, start, found) == timedelta(minutes=limit.minutes)


@given(STARTS, st.integers(1, 20))
def test_a_working_day_is_seven_office_hours_in_chengdu(start: datetime, days: int) -> None:
    found = deadline(CHENGDU, start, Limit(days, "wd")).due
    assert worked_between(CHENGDU, start, found) == timedelta(hours=7 * days)


@given(CALENDARS, STARTS, COUNTED, st.timedeltas(timedelta(), timedelta(days=20)))
def test_a_pause_keeps_the_office_hours_that_were_left(
    calendar: Calendar, start: datetime, limit: Limit, pause: timedelta
) -> None:
    before = deadline(calendar, start, limit)
    after = resume(calendar, before, start, start + pause)
    assert worked_between(calendar, start + pause, after.due) == worked_between(calendar, start, before.due)


@given(CALENDARS, STARTS, COUNTED, st.timedeltas(timedelta(), timedelta(days=20)))
def test_putting_off_adds_just_these_office_hours(
    calendar: Calendar, start: datetime, limit: Limit, length: timedelta
) -> None:
    before = deadline(calendar, start, limit)
    assert worked_between(calendar, before.due, put_off(calendar, before, length).due) == length


@given(CALENDARS, STARTS, COUNTED, st.floats(0, 1), st.timedeltas(timedelta(), timedelta(hours=30)))
def test_a_share_leaves_the_rest_of_the_office_hours_without_pauses(
    calendar: Calendar, start: datetime, limit: Limit, share: float, stood: timedelta
) -> None:
    due = put_off(calendar, deadline(calendar, start, limit), stood).due
    moment = part_of(calendar, start, due, share, stood=stood)
    left = timedelta(minutes=limit.minutes) * (1 - share)
    assert abs(worked_between(calendar, moment, due) - left) < timedelta(milliseconds=1)
