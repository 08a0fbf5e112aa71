"""Hours as people write them, and what holds at a moment (R13)."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.service_points.opening import (
    CrossedHoursError,
    Opening,
    UnreadableHoursError,
    opening_at,
    read_hours,
    written_hours,
)

SHANGHAI = timezone(timedelta(hours=8))
NINE_TO_NOON = ((time(9), time(12)),)


@pytest.mark.parametrize(
    "written",
    [
        "9:00-12:00,13:30-17:30", "09:00—12:00、13:30—17:30", "9点至12点，13点半至17点30分",
        "9：00~12：00 13：30~17：30", "9-12; 13.30-17.30",
        "上午9:00-12:00 下午1:30-5:30", "上午9点至12点下午1点半至5点半", "9:00-12:00和13:30-17:30",
        "13:30 - 17:30, 9 到 12", "9:00–12:00/13:30–17:30",
    ],
)  # fmt: skip
def test_hours_are_read_however_they_are_written(written: str) -> None:
    assert written_hours(read_hours(written)) == "09:00-12:00, 13:30-17:30"


@pytest.mark.parametrize("written", ["", " ", "休息", "不开放", "closed", "-"])
def test_a_day_may_be_closed(written: str) -> None:
    assert read_hours(written) == ()


@pytest.mark.parametrize("written", ["全天", "24小时", "0-24", "00:00-24:00"])
def test_it_may_be_open_day_and_night(written: str) -> None:
    assert written_hours(read_hours(written)) == "00:00-23:59"


@pytest.mark.parametrize("written", ["上午", "9", "9:00-", "9:00-25:00", "9:77-12", "9-12-15", "早九晚五"])
def test_what_are_no_hours_is_named(written: str) -> None:
    with pytest.raises(UnreadableHoursError):
        read_hours(written)


@pytest.mark.parametrize("written", ["17-9", "9-9", "9-12, 11-15", "22:00-2:00"])
def test_hours_that_cross_are_named(written: str) -> None:
    with pytest.raises(CrossedHoursError):
        read_hours(written)


@given(st.sets(st.integers(0, 23 * 60 + 59), min_size=2, max_size=6))
def test_what_is_written_is_read_again(minutes: set[int]) -> None:
    edges = sorted(minutes)[: len(minutes) // 2 * 2]
    moments = [time(minute // 60, minute % 60) for minute in edges]
    spans = tuple(zip(moments[::2], moments[1::2], strict=True))
    assert read_hours(written_hours(spans)) == spans


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of December 2026, whose first day is a Tuesday."""
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


WORKDAYS = (*(NINE_TO_NOON for _ in range(5)), (), ())


def test_what_comes_next() -> None:
    assert opening_at(WORKDAYS, [], at(1, 9)) == Opening(open=True, until=at(1, 12))
    assert opening_at(WORKDAYS, [], at(1, 8, 59)) == Opening(open=False, until=at(1, 9))
    assert opening_at(WORKDAYS, [], at(1, 12)) == Opening(open=False, until=at(2, 9))
    assert opening_at(WORKDAYS, [], at(4, 12)) == Opening(open=False, until=at(7, 9))
    assert opening_at(((),) * 7, [], at(1, 9)) == Opening(open=False, until=None)


def test_days_on_which_it_is_closed_come_first() -> None:
    closures = [(date(2026, 12, 1), date(2026, 12, 3), "装修")]
    assert opening_at(WORKDAYS, closures, at(1, 10)) == Opening(open=False, until=at(3, 9), reason="装修")
    assert opening_at(WORKDAYS, closures, at(3, 10)).open
    for_ever = [(date(2026, 12, 1), date(2027, 12, 3), "拆除")]
    assert opening_at(WORKDAYS, for_ever, at(1, 10)) == Opening(open=False, until=None, reason="拆除")


@given(st.integers(0, 366 * 24 * 60))
def test_when_it_opens_next_it_is_open(minutes: int) -> None:
    moment = at(1, 0) + timedelta(minutes=minutes)
    found = opening_at(WORKDAYS, [], moment)
    assert found.until is not None and found.until > moment
    assert opening_at(WORKDAYS, [], found.until).open is not found.open
