"""Tables handed out as files: CSV as a spreadsheet opens it in Chinese, and Excel; no text runs."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.child import _WorkbookChild as WorkbookChild

MARK: Final = PatternFill("solid", fgColor="FFE3A3")
"""Amber, as what is missing has on a page."""

Cell = str | int | float | None
Row = Sequence[Cell]

BOM: Final = "\ufeff"
"""By this mark at the beginning Excel knows a file to be UTF-8."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run by a spreadsheet."""

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(cell: Cell) -> Cell:
    """Return a text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield rows as lines of CSV, the mark of UTF-8 before the first."""
    writer = csv.writer(_Line())
    mark = BOM
    for row in rows:
        yield mark + writer.writerow([harmless(cell) for cell in row])
        mark = ""


def csv_file(name: str, rows: Iterable[Row]) -> HttpResponse:
    """Return rows as a CSV file to keep, under ``name`` without its ending."""
    return _file(f"{name}.csv", "text/csv; charset=utf-8", csv_lines(rows))


def excel_file(
    name: str, title: str, rows: Iterable[Row], *, bold: Collection[int] = (), freeze: str = "A2",
    widths: Sequence[float] = (), marked: Collection[int] = (),
) -> HttpResponse:  # fmt: skip
    """Return rows as a workbook of one sheet.

    Parameters
    ----------
    name, title
        The file without its ending, and the sheet.
    bold
        Which rows are headings, counted from 0.
    freeze
        The cell above and left of which everything stays in sight.
    widths
        Of the first columns, in characters.
    marked
        Which rows stand on a coloured ground, counted from 0.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", title)[:TITLE_LIMIT])
    sheet.freeze_panes = freeze
    for letter, width in zip("ABCDEFGH", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    for place, row in enumerate(rows):
        cells = [_sheet_cell(sheet, cell, bold=place in bold) for cell in row]
        for cell in cells if place in marked else ():
            cell.fill = MARK
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return _file(f"{name}.xlsx", EXCEL, [file.getvalue()])


NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
TITLE_LIMIT: Final = 31
"""What Excel takes as the name of a sheet; a name that somebody typed may be any."""


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line


def _sheet_cell(sheet: WorkbookChild, value: Cell, *, bold: bool) -> SheetCell:
    """Return a cell whose text stays text."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _file(name: str, kind: str, content: Iterable[str] | Iterable[bytes]) -> HttpResponse:
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=kept)
