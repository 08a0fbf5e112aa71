"""What stands in a cell is read as a person would read it, or named."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from shige.tables import cells
from shige.tables.cells import ErrorCell, Uncomputed
from shige.tables.moments import day, moment
from shige.tables.problems import WrongCell

EAST_8 = timezone(timedelta(hours=8))
MORNING = datetime(2026, 3, 5, 10, 30, tzinfo=EAST_8)


@pytest.mark.parametrize(
    ("written", "axis", "found"),
    [
        (104.05, "lon", 104.05),
        ("104.05°", "lon", 104.05),
        ("104,0503", "lon", 104.0503),
        ("104°03′20″", "lon", 104.05555555),
        ("104° 3' 20.0\"", "lon", 104.05555555),
        ("东经104度3分20秒", "lon", 104.05555555),
        ("30°39′", "lat", 30.65),
        ("30.65N", "lat", 30.65),
        ("E104.05", "lon", 104.05),
        ("104:03:20", "lon", 104.05555555),
        ("北纬30.65", "lat", 30.65),
        ("３０．６５", "lat", 30.65),
        ("南纬30.65", "lat", -30.65),
        ("", "lat", None),
        (None, "lon", None),
    ],
)
def test_degrees_are_read_in_every_usual_form(written: Any, axis: str, found: float | None) -> None:
    assert cells.degrees(written, axis) == (found if found is None else pytest.approx(found))


@pytest.mark.parametrize(
    ("written", "axis"),
    [("abc", "lon"), ("30.65N", "lon"), ("104°63′", "lon"), ("104.05,30.65", "lon"), ("约104", "lon")],
)
def test_what_is_no_degree_is_named(written: str, axis: str) -> None:
    with pytest.raises(WrongCell):
        cells.degrees(written, axis)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1,234", 1234),
        ("1，234", 1234),
        ("12户", 12),
        ("12.0", 12),
        (12.0, 12),
        ("１２", 12),
        ("1e3", 1000),
        ("", None),
    ],
)
def test_whole_numbers_are_read_with_their_signs(written: Any, found: int | None) -> None:
    assert cells.whole(written) == found


@pytest.mark.parametrize("written", ["约30", "12.5", "1,23", "十几", "3-5", "12/13", "1_000", "inf", "0x1F"])
def test_what_is_no_whole_number_is_never_taken_for_none(written: str) -> None:
    with pytest.raises(WrongCell) as caught:
        cells.whole(written)
    assert caught.value.code == "not_whole"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("√", True),
        ("有电梯", True),
        ("Y", True),
        (True, True),
        (1.0, True),
        ("×", False),
        ("没有", False),
        ("N", False),
    ],
)
def test_yes_and_no_have_many_words(written: Any, found: bool) -> None:
    assert cells.flag(written) is found


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (ErrorCell("#N/A"), "error_cell"),
        ("#REF!", "error_cell"),
        ("########", "error_cell"),
        (Uncomputed(), "uncomputed"),
        (date(2026, 3, 1), "date_cell"),
        (timedelta(hours=5), "date_cell"),
        (9.907770010012e17, "long_number"),
        (2**53 + 1, "long_number"),
        ("示例\0路", "unkeepable"),
        ("示例\ud83d路", "unkeepable"),
        ("示例\ufffd路", "unkeepable"),
        (["B", 1], "not_text"),
    ],
)
def test_what_was_lost_on_the_way_is_refused(value: Any, code: str) -> None:
    with pytest.raises(WrongCell) as caught:
        cells.said_by(value)
    assert caught.value.code == code


@pytest.mark.parametrize("value", [float("nan"), "NaN", "null", "None", "", " \u3000", "\u200b", None])
def test_nothing_is_nothing_however_it_is_written(value: Any) -> None:
    assert cells.said_by(value) is None


@pytest.mark.parametrize("value", [2**53, 990701001003.0, "2305843009223239036", 10**15])
def test_numbers_that_are_what_was_written_are_kept(value: Any) -> None:
    assert cells.said_by(value) == value


@pytest.mark.parametrize(
    ("written", "kept"), [("９９０７７７", "990777"), ("1.39E+02", "139"), ("2E10", "2E10")]
)
def test_codes_are_read_in_half_width(written: str, kept: str) -> None:
    assert cells.exact(written) == kept


@pytest.mark.parametrize("written", ["9.90777E+11", "9.90701E+11", "1E+11"])
def test_a_code_that_a_spreadsheet_shortened_is_named(written: str) -> None:
    with pytest.raises(WrongCell, match="shortened"):
        cells.exact(written)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05 10:30",
        "2026/3/5 10:30:00",
        "2026年3月5日 10:30",
        "2026年03月05日10时30分",
        "2026.3.5 10:30",
        "2026-03-05T10:30:00+08:00",
        "2026-03-05T02:30:00Z",
        "2026-03-05 10:30:00.000",
        "46086.4375",
        46086.4375,
        "20260305103000",
        "202603051030",
        "2026-3-5 上午10:30",
        "2026-3-5 10:30 AM",
        "2026年3月5日 星期四 10:30",
        "２０２６-０３-０５ １０:３０",
        datetime(2026, 3, 5, 10, 30),  # noqa: DTZ001
    ],
)
def test_a_moment_is_read_in_every_usual_form(written: Any) -> None:
    assert moment(written, EAST_8) == MORNING


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("下午3:05", 15),
        ("晚上8点05分", 20),
        ("中午12:05", 12),
        ("凌晨12:05", 0),
        ("3:05 PM", 15),
        ("上午9:05", 9),
    ],
)
def test_parts_of_the_day_count(written: str, hour: int) -> None:
    assert moment(f"2026-03-05 {written}", EAST_8) == datetime(2026, 3, 5, hour, 5, tzinfo=EAST_8)


def test_the_hour_24_is_the_next_day() -> None:
    assert moment("2026-03-05 24:00:00", EAST_8) == datetime(2026, 3, 6, tzinfo=EAST_8)
    assert moment("2026-03-05", UTC) == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("05/03/2026 10:30", "day_first"),
        ("5-3-26", "day_first"),
        ("1900/1/0 0:00", "empty_date"),
        ("1899-12-30", "empty_date"),
        ("2026-02-30", "not_a_time"),
        ("昨天", "not_a_time"),
        ("2026-03-05 25:00", "not_a_time"),
        ("1772678400000", "not_a_time"),
        ("2026", "not_a_time"),
    ],
)
def test_what_is_no_moment_or_may_be_two_is_named(written: str, code: str) -> None:
    with pytest.raises(WrongCell) as caught:
        moment(written, EAST_8)
    assert caught.value.code == code


def test_a_day_is_read_as_a_moment_is() -> None:
    assert day("2026年3月5日") == day(46086) == day(date(2026, 3, 5)) == date(2026, 3, 5)
    with pytest.raises(WrongCell, match="not_a_day"):
        day("新年")
