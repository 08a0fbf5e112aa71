"""A table handed out as a file: what a spreadsheet shows is what was written, and nothing in it runs."""

import io

import pytest
from openpyxl import load_workbook

from shige.files.spreadsheets import BOM, csv_file, csv_lines, excel_file

RUNS = ("=1+1", "+86", "-2", "@x", "\t=1", "\r=1")


@pytest.mark.parametrize("text", RUNS)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert next(csv_lines([(text,)])).lstrip(BOM + '"').startswith("'")
    book = load_workbook(io.BytesIO(excel_file("a", "Sheet", [(text,)]).content))
    cell = book.worksheets[0]["A1"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("title", ["华兴公司/玉林社区联合党支部", "[甲]:乙*?\\丙", "长" * 40])
def test_a_sheet_may_be_called_after_anything(title: str) -> None:
    book = load_workbook(io.BytesIO(excel_file("a", title, [("x",)]).content))
    assert 0 < len(book.worksheets[0].title) <= 31


def test_numbers_stay_numbers_below_nought_as_well() -> None:
    assert "".join(csv_lines([(1, -2.5, None)])) == f"{BOM}1,-2.5,\r\n"


def test_only_the_first_line_has_the_mark() -> None:
    assert [line.startswith(BOM) for line in csv_lines([("一",), ("二",)])] == [True, False]


def test_a_file_has_its_name_and_kind() -> None:
    answer = csv_file("matters-1", [("一",)])
    assert answer["Content-Disposition"] == 'attachment; filename="matters-1.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode("utf-8-sig") == "一\r\n"
