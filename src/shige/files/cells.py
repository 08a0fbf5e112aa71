"""Read the first sheet of a workbook that shows something, row by row.

A small program of its own, ``python -m shige.files.cells``, run in a box (``box``): a workbook of a few
kilobytes may name a cell in the last row and the last column, or unpack to gigabytes.
"""

import codecs
import io
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from .bounds import TooManyError, serve

MEMORY: Final = 2 << 30
MOST_CELLS: Final = 8_000_000
"""Cells from A1 to the last one that holds something."""

LONGEST: Final = 131_072
"""Characters of a cell, as in a CSV file; Excel itself writes 32,767 at most."""

DAMAGED: Final = (
    CalamineError, IndexError, KeyError, OSError, ValueError, TypeError, ElementTree.ParseError,
    zipfile.BadZipFile,
)  # fmt: skip

MARKED: Final = re.compile(
    rb"<(?:\w+:)?c\b(?P<about>[^>]*)>(?P<held>\s*<(?:\w+:)?f\b(?:[^>]*/>|.*?</(?:\w+:)?f>)|(?=\s*<(?:\w+:)?v\b))"
    rb"\s*(?:<(?:\w+:)?v\b[^>]*(?:/>|>(?P<value>[^<]*)<))?",
    re.DOTALL,
)
"""A cell with a formula or a value, in the XML of a sheet: a library for speed tells of neither."""

codecs.lookup("cp437")  # in which zip files name their parts: nothing can be loaded once the box is shut

PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def chosen(book: CalamineWorkbook) -> tuple[CalamineSheet, int, list[tuple[str, int]]]:
    """Return the first sheet that shows something, its place, and the names and rows of the others."""
    sheets = [
        (place, about.visible == SheetVisibleEnum.Visible, book.get_sheet_by_index(place))
        for place, about in enumerate(book.sheets_metadata)
        if about.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [one for one in sheets if one[2].end is not None] or sheets[:1]
    place, _shown, sheet = next((one for one in filled if one[1]), filled[0])
    return sheet, place, [(other.name, other.height) for at, _shown, other in filled if at != place]


def rows_in(sheet: CalamineSheet) -> list[list[Any]]:
    """Return the rows of a sheet from A1 on.

    Raises
    ------
    TooManyError
        They hold more than ``MOST_CELLS``.
    """
    high, wide = (last + 1 for last in sheet.end or (-1, -1))
    if high * wide > MOST_CELLS:
        raise TooManyError
    return sheet.to_python(skip_empty_area=False)


def without_result(content: bytes, place: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the row and column, from 0, of each cell that shows an error or a formula without its result.

    Only of workbooks in XML (xlsx, xlsm); of others nothing is known.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        name = part_of(parts, place)
        xml = parts.read(name) if name else b""
    if b'"e"' not in xml and not re.search(rb"<(?:\w+:)?f[ >/]", xml):
        return
    for cell in MARKED.finditer(xml):
        where = PLACE.search(cell["about"])
        if where is None:
            continue
        column = 0
        for letter in where[1]:
            column = column * 26 + letter - 64
        if b't="e"' in cell["about"]:
            yield int(where[2]) - 1, column - 1, {"error": (cell["value"] or b"").decode("utf-8", "replace")}
        elif cell["held"] and not cell["value"] and b't="str"' not in cell["about"]:
            yield int(where[2]) - 1, column - 1, {"uncomputed": True}


def part_of(parts: zipfile.ZipFile, place: int) -> str | None:
    """Return the part of an Office file that holds a sheet, None where it has none."""
    if "xl/workbook.xml" not in parts.namelist():
        return None
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 (in a box)
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    sheet = book.findall(".//{*}sheets/{*}sheet")[place]
    link = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
    target = next(one.get("Target", "") for one in links if one.get("Id") == link)
    return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def handed(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return each row as JSON; or only where a cell is that is longer than any honest one."""
    sheet, place, others = chosen(load_workbook(io.BytesIO(content)))
    rows = rows_in(sheet)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > LONGEST:
                return {"long": [number, column]}, []
    for number, column, told in without_result(content, place):
        if number < len(rows) and column < len(rows[number]):
            rows[number][column] = told
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    about = {"name": sheet.name, "merged": merged, "others": others}
    return about, [json.dumps(row, default=as_json, ensure_ascii=False).encode() for row in rows]


def as_json(value: Any) -> Any:
    """Return a cell that JSON does not know, with its kind."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    sys.exit(serve(MEMORY, handed, DAMAGED))
