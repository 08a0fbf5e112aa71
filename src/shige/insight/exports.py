"""The figures of a page as files: CSV that a spreadsheet opens in Chinese, and Excel."""

import csv
import io
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.workbook.child import _WorkbookChild as WorkbookChild

from .charts import percent
from .measures import NAMES, Measures, Share
from .queries import Figures

Cell = str | int | float | None
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run by a spreadsheet."""


def table_of(found: Figures, place: str) -> list[list[Cell]]:
    """Return the figures as rows of a sheet: what it is, a heading, each row, and the total.

    Counts that may not be told are words, never numbers (P8).
    """
    last = timezone.localtime(found.until).date()
    return [
        [_("Area"), place],
        [
            _("Reported from"),
            f"{timezone.localtime(found.since):%Y-%m-%d}",
            _("until before"),
            f"{last:%Y-%m-%d}",
        ],
        [_("Complete until"), f"{timezone.localtime(found.complete_until):%Y-%m-%d %H:%M}"],
        [],
        heading(),
        *([row.key, row.label, *cells_of(row.measures)] for row in found.rows),
        ["", _("Total"), *cells_of(found.total)],
    ]


def heading() -> list[Cell]:
    """Return the heading: each measure as part, whole and, for a rate, per cent."""
    words = {
        "late": pgettext("figures", "late"),
        "response": _("answered in time"),
        "resolution": _("solved in time, as confirmed"),
        "satisfaction": pgettext("figures", "satisfied"),
        "unconfirmable": pgettext("figures", "nobody could confirm"),
    }
    said: list[Cell] = [_("Code"), _("Name"), pgettext("figures", "received"), pgettext("figures", "open")]
    for name, word in words.items():
        said += [word, pgettext("figures", "of"), "%"]
        if name == "late":
            said.pop()
    return said


def cells_of(measures: Measures) -> list[Cell]:
    """Return the cells of one row, in the order of the heading."""
    values: list[Cell] = [told(measures.open, measures.open.of), told(measures.open, measures.open.part)]
    for name in NAMES[1:]:
        share: Share = getattr(measures, name)
        values += [told(share, share.part), told(share, share.of)]
        if name != "late":
            values.append(None if share.rate is None else percent(share.rate))
    return values


def told(share: Share, count: int | None) -> Cell:
    """Return a count, or why there is none."""
    return _("too few to tell") if count is None else count


def as_csv(found: Figures, place: str) -> bytes:
    """Return the table as CSV in UTF-8 with a mark at the beginning, as Excel wants it."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in table_of(found, place))
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """Return a text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_xlsx(found: Figures, place: str) -> bytes:
    """Return the table as an Excel workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Figures"))
    sheet.freeze_panes = "C6"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 28
    head = heading()
    for row in table_of(found, place):
        sheet.append([excel_cell(sheet, cell, row == head) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def excel_cell(sheet: WorkbookChild, value: Cell, bold: bool) -> SheetCell:
    """Return a cell whose text stays text."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
