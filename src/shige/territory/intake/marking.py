"""A file that could not be taken over, handed back as it was with its faulty rows marked."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from shige.files.spreadsheets import Cell, Row, excel_file
from shige.tables.cells import ErrorCell, Uncomputed
from shige.tables.headers import Columns
from shige.tables.table import header_of

from .faults import Fault
from .tables import open_sheet


def marked_file(name: str, content: bytes, columns: Columns, faults: Iterable[Fault]) -> HttpResponse:
    """Return the rows of a file that was read, as a workbook: what is wrong with a row stands at its end.

    A file that comes back once more is not marked twice: the column is written anew.
    """
    rows = [[_cell(value) for value in row] for row in open_sheet(content, columns).rows]
    at = header_of(rows, columns) or 0
    title = _("What is wrong")
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        said = f"{fault.column}: {fault.message}" if fault.column else fault.message
        wrong.setdefault(fault.row - 1 if fault.row else at, []).append(said)
    before = [place for place, cell in enumerate(rows[at]) if str(cell).startswith(title)]
    width = max(map(len, rows)) - len(before)
    told: list[Row] = []
    for place, row in enumerate(rows):
        kept = [cell for column, cell in enumerate(row) if column not in before]
        end = " ".join([*([title] if place == at else []), *wrong.get(place, [])])
        told.append([*kept, *[None] * (width - len(kept)), end])
    return excel_file(name, title, told, bold=[at], marked=wrong.keys(), freeze=f"A{at + 2}")


def _cell(value: Any) -> Cell:
    match value:
        case ErrorCell():
            return value.shown
        case Uncomputed():
            return ""
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case str() | int() | float() | None:
            return value
    return str(value)
