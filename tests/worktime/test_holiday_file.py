"""The holiday file of an office is read whole, or refused with every problem in it."""

from datetime import date
from pathlib import Path

import pytest

from shige.worktime import HolidayFileError, load_holidays


def written(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(content.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_csv_is_read(tmp_path: Path, encoding: str) -> None:
    content = "日期,类型,说明\n2027-02-05/2027-02-11,休,春节\n2027-02-20,班,调休\n\n"
    found = load_holidays(written(tmp_path, "2027.csv", content, encoding))
    assert found.days_off == {date(2027, 2, day) for day in range(5, 12)}
    assert found.make_up_days == {date(2027, 2, 20)}
    assert found.years == {2027}


def test_a_toml_with_dates_and_spans_is_read(tmp_path: Path) -> None:
    content = '[2027]\nholidays = [2027-01-01, "2027-05-01/2027-05-02"]\n'
    found = load_holidays(written(tmp_path, "2027.toml", content))
    assert found.days_off == {date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 2)}


def test_days_that_a_notice_names_beyond_its_year_do_not_cover_their_own(tmp_path: Path) -> None:
    crossing = '[2026]\nholidays = ["2025-12-31/2026-01-02", "2027-01-01"]\n'
    assert load_holidays(written(tmp_path, "2026.toml", crossing)).years == {2026}
    rows = "date,kind\n2025-12-29/2026-01-03,休\n2026-02-05/2026-02-11,休\n2027-01-01/2027-01-03,休\n"
    assert load_holidays(written(tmp_path, "2026.csv", rows)).years == {2026}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "date,kind\n2027-02-30,休\n", "row 2: '2027-02-30' is no date"),
        ("a.csv", "date,kind\n2027-02-03,party\n", "row 2: 'party' is no kind of day"),
        ("a.csv", "date,kind\n2027-02-03\n", "row 2: '' is no kind of day"),
        ("a.csv", "date,kind\n2027-02-09/2027-02-03,休\n", "runs backwards"),
        ("a.csv", "date,kind\n2027-01-01/2027-12-31,休\n", "over a month"),
        ("a.csv", "date,kind\n2027-02-03,休\n2027-02-03,班\n", "a holiday and a make-up day at once"),
        ("a.csv", "day,what\n", "must name the columns"),
        ("a.csv", "date,kind\n", "holds no days"),
        ("a.csv", "", "must name the columns"),
        ("a.toml", "[2027]\nfeast = []\n", r"\[2027\] holds lists"),
        ("a.toml", "2027 = 3\n", r"\[2027\] holds lists"),
        ("a.toml", "[2027\n", "line 1"),
        ("a.toml", '[next]\nholidays = ["2027-01-01"]\n', r"\[next\] is no year"),
        ("a.toml", '[2027]\nholidays = ["2026-02-05"]\n', "2026-02-05 lies far outside"),
        ("a.toml", '[2027]\nholidays = ["soon"]\n', r"\[2027\] holidays 1: 'soon' is no date"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, name: str, content: str, expected: str) -> None:
    with pytest.raises(HolidayFileError, match=expected):
        load_holidays(written(tmp_path, name, content))


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(HolidayFileError) as caught:
        load_holidays(written(tmp_path, "a.csv", "date,kind\nx,休\n2027-01-01,y\n"))
    assert len(caught.value.problems) == 2


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HolidayFileError, match="cannot be read"):
        load_holidays(tmp_path / "none.csv")
    binary = tmp_path / "a.csv"
    binary.write_bytes(b"\xff\xff\xff")
    with pytest.raises(HolidayFileError, match="neither UTF-8 nor GB18030"):
        load_holidays(binary)
