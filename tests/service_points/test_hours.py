"""Hours as people write them (R13)."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.service_points.hours import (
    CrossedHoursError,
    UnclearHoursError,
    UnreadableHoursError,
    read_hours,
    written_hours,
)

TWO = "09:00-12:00, 13:30-17:30"


@pytest.mark.parametrize(
    "written",
    [
        "9:00-12:00,13:30-17:30", "09:00—12:00、13:30—17:30", "9点至12点，13点半至17点30分",
        "9：00~12：00 13：30~17：30", "9-12; 13.30-17.30", "上午9:00-12:00 下午1:30-5:30",
        "上午9点至12点下午1点半至5点半", "9:00-12:00和13:30-17:30", "13:30 - 17:30, 9 到 12",
        "9:00–12:00/13:30–17:30", "9:00-12:00,1:30-5:30", "上午 9:00 - 12:00 下午 1:30 - 5:30",
        "上午：9:00-12:00；下午：13:30-17:30", "开放时间：9:00-12:00，1:30-5:30。", "0900-1200及1330-1730",
        "九点到十二点，一点半到五点半", "9am-12, 1:30pm-5:30pm", "9：00一12：00、13：30一17：30\u200b",
    ],
)  # fmt: skip
def test_hours_are_read_however_they_are_written(written: str) -> None:
    assert written_hours(read_hours(written)) == TWO


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9:00-5:00", "09:00-17:00"),
        ("早9点到晚9点", "09:00-21:00"),
        ("早8:30-晚20:30", "08:30-20:30"),
        ("晚7点-9点", "19:00-21:00"),
        ("晚上8:00-12:00", "20:00-24:00"),
        ("早上6点到晚上12点", "06:00-24:00"),
        ("中午1点到5点", "13:00-17:00"),
        ("12:00-1:30", "12:00-13:30"),
        ("10:00-12:00,2:00-6:00,7:00-9:00", "10:00-12:00, 14:00-18:00, 19:00-21:00"),
        ("5:00-22:00", "05:00-22:00"),
        ("6:00-9:00,17:00-20:00", "06:00-09:00, 17:00-20:00"),
        ("凌晨1:00-5:00", "01:00-05:00"),
        ("（9∶00-17∶00）", "09:00-17:00"),
    ],
)
def test_a_clock_of_twelve_hours_is_understood(written: str, read: str) -> None:
    assert written_hours(read_hours(written)) == read


@pytest.mark.parametrize("written", ["", " ", "休息", "闭馆", "无", "不开放", "closed", "-", "—"])
def test_a_day_may_be_closed(written: str) -> None:
    assert read_hours(written) == ()


@pytest.mark.parametrize("written", ["全天", "24小时", "24小时开放", "7×24小时", "0-24", "00:00-24:00"])
def test_it_may_be_open_day_and_night(written: str) -> None:
    assert written_hours(read_hours(written)) == "00:00-24:00"


@pytest.mark.parametrize(
    "written",
    [
        "上午",
        "9",
        "9:00-",
        "9:00-25:00",
        "9:77-12",
        "9-12-15",
        "早九晚五",
        "9:00-17:00（需预约）",
        "8:30-12:00 下午休息",
    ],
)
def test_what_are_no_hours_is_named(written: str) -> None:
    with pytest.raises(UnreadableHoursError):
        read_hours(written)


@pytest.mark.parametrize("written", ["17-9", "9-12, 11-15", "22:00-2:00", "22:00-次日6:00"])
def test_hours_that_cross_are_named(written: str) -> None:
    with pytest.raises(CrossedHoursError):
        read_hours(written)


@pytest.mark.parametrize("written", ["2:00-5:30", "1点到5点", "3:00-7:00"])
def test_hours_of_the_night_or_of_the_afternoon_are_asked_about(written: str) -> None:
    with pytest.raises(UnclearHoursError):
        read_hours(written)


@given(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=6))
def test_what_is_written_is_read_again(minutes: set[int]) -> None:
    edges = sorted(minutes - {24 * 60 - 1})
    edges = edges[: len(edges) // 2 * 2]
    moments = [time(23, 59) if edge == 24 * 60 else time(*divmod(edge, 60)) for edge in edges]
    spans = tuple(zip(moments[::2], moments[1::2], strict=True))
    assert read_hours(written_hours(spans)) == spans
