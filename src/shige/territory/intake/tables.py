"""Open a file of any kind as rows of our columns: text, a workbook or GeoJSON, by what is in it."""

from pathlib import PurePath
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.files.sheets import workbook_sheet
from shige.tables.geojson import from_geojson
from shige.tables.headers import Columns
from shige.tables.problems import Problem, UnreadableTable
from shige.tables.separated import rows_of
from shige.tables.table import Sheet, Table, from_sheet, from_text
from shige.tables.text import decoded

from .faults import Fault, fault_of

ROWS_AT_MOST: Final = 300_000
TABLES: Final = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".et"})
MAPS: Final = frozenset({".geojson", ".json", ".geojsonl", ".ndjson"})
WORKBOOK: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, whatever they are called: a zip archive, or a file of older programs."""


class UnreadableFile(Exception):  # noqa: N818 - it says what the file is
    """The file as a whole cannot be read; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def open_table(name: str, content: bytes, columns: Columns, most: int = ROWS_AT_MOST) -> Table:
    """Read a file of rows or of shapes.

    Raises
    ------
    UnreadableFile
        It is no such file, it has no rows or more than ``most``, or two of its headers mean the same.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in TABLES | MAPS:
        said = _("Only GeoJSON, CSV and Excel files can be read, not %(name)s.") % {"name": name}
        raise UnreadableFile(Fault(0, "", said))
    try:
        table = _opened(content, columns, is_map=ending in MAPS)
        if len(table.rows) > most:
            raise UnreadableTable("too_many_rows", count=len(table.rows), limit=most)
    except UnreadableTable as error:
        raise UnreadableFile(fault_of(error.problem)) from error
    except ValidationError as error:
        said = _("The file cannot be read: %(why)s") % {"why": error.message}
        raise UnreadableFile(Fault(0, "", said)) from error
    return table


def open_rows(name: str, content: bytes, columns: Columns, most: int = ROWS_AT_MOST) -> Table:
    """Read a file of rows; UnreadableFile also where it has shapes instead."""
    if PurePath(name).suffix.lower() not in TABLES:
        said = _("Only CSV and Excel files can be read, not %(name)s.") % {"name": name}
        raise UnreadableFile(Fault(0, "", said))
    return open_table(name, content, columns, most)


def open_sheet(content: bytes, columns: Columns) -> Sheet:
    """Return the rows of a file that `open_rows` has read, as they stand there."""
    if content.startswith(WORKBOOK):
        return workbook_sheet(content)
    return Sheet(rows_of(decoded(content), columns.known))


def told(problems: list[Problem], file: str = "") -> list[Fault]:
    """Say problems in the reader's language."""
    return [fault_of(problem, file) for problem in problems]


def _opened(content: bytes, columns: Columns, *, is_map: bool) -> Table:
    if content.startswith(WORKBOOK):
        return from_sheet(workbook_sheet(content), columns)
    if content.lstrip()[:1] == b"<":
        raise UnreadableTable("web_page")
    return from_geojson(content, columns) if is_map else from_text(content, columns)
