"""What holds at a moment of a week of hours, and what comes next (R13)."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shige.service_points.opening import Days, Opening, opening_at
from shige.worktime import Calendar
from shige.worktime.holidays import Holidays

SHANGHAI = timezone(timedelta(hours=8))
NINE_TO_NOON = ((time(9), time(12)),)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of December 2026, whose first day is a Tuesday."""
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


WORKDAYS = (*(NINE_TO_NOON for _ in range(5)), (), ())


def test_what_comes_next() -> None:
    assert opening_at(Days(WORKDAYS), at(1, 9)) == Opening(open=True, until=at(1, 12))
    assert opening_at(Days(WORKDAYS), at(1, 8, 59)) == Opening(open=False, until=at(1, 9))
    assert opening_at(Days(WORKDAYS), at(1, 12)) == Opening(open=False, until=at(2, 9))
    assert opening_at(Days(WORKDAYS), at(4, 12)) == Opening(open=False, until=at(7, 9))
    assert opening_at(Days(((),) * 7), at(1, 9)) == Opening(open=False, until=None)


def test_days_on_which_it_is_closed_come_first() -> None:
    closures = [(date(2026, 12, 1), date(2026, 12, 3), "装修")]
    assert opening_at(Days(WORKDAYS, closures), at(1, 10)) == Opening(
        open=False, until=at(3, 9), reason="装修"
    )
    assert opening_at(Days(WORKDAYS, closures), at(3, 10)).open
    for_ever = [(date(2026, 12, 1), date(2027, 12, 3), "拆除")]
    assert opening_at(Days(WORKDAYS, for_ever), at(1, 10)) == Opening(open=False, until=None, reason="拆除")


@given(st.integers(0, 366 * 24 * 60))
def test_when_it_opens_next_it_is_open(minutes: int) -> None:
    moment = at(1, 0) + timedelta(minutes=minutes)
    found = opening_at(Days(WORKDAYS), moment)
    assert found.until is not None and found.until > moment
    assert opening_at(Days(WORKDAYS), found.until).open is not found.open


CALENDAR = Calendar(
    ZoneInfo("Asia/Shanghai"), ((),) * 7, (), "china",
    Holidays(frozenset({2026}), frozenset({date(2026, 12, 2)}), frozenset({date(2026, 12, 5)})),
)  # fmt: skip


def test_holidays_and_make_up_days_count_where_they_are_kept() -> None:
    usual, kept = Days(WORKDAYS), Days(WORKDAYS, holidays=CALENDAR)
    assert opening_at(usual, at(2, 10)).open and not opening_at(kept, at(2, 10)).open
    assert opening_at(kept, at(2, 10)).until == at(3, 9) and opening_at(kept, at(2, 10)).reason
    assert not opening_at(usual, at(5, 10)).open and opening_at(kept, at(5, 10)).open
    assert opening_at(kept, at(1, 12)).until == at(3, 9) and opening_at(kept, at(1, 12)).reason == ""


def test_hours_that_follow_without_a_break_are_one_time() -> None:
    joined = Days((((time(9), time(12)), (time(12), time(17))),) * 7)
    assert opening_at(joined, at(1, 10)).until == at(1, 17)
    day_long = Days((((time(0), time(23, 59)),),) * 7)
    assert opening_at(day_long, at(1, 23, 59)) == Opening(open=True, until=None)
    night = Days((((time(0), time(2)), (time(20), time(23, 59))),) * 7)
    assert opening_at(night, at(1, 21)).until == at(2, 2)
