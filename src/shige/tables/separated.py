"""Rows of a text file whose cells are parted by a comma, a semicolon, a tab or another sign."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection
from itertools import islice
from typing import Final

from .problems import UnreadableTable

SEPARATORS: Final = (",", ";", "\t", "|", "，")
MOST_ROWS: Final = 1_000_000
MOST_CELLS: Final = 8_000_000
_PROBED: Final = 30
_FIELD: Final = 131_072

Row = list[str]
Score = Callable[[Collection[object]], int]


class OpenQuote(Exception):  # noqa: N818 - it says what was found
    """A quotation mark that is not closed, in cell `place` of row `row`, from 1; `rows` stand above it."""

    def __init__(self, row: int, place: int, rows: list[Row], code: str) -> None:
        super().__init__(code)
        self.row, self.place, self.rows, self.code = row, place, rows, code


def rows_of(text: str, known: Score) -> list[Row]:
    """Return the rows of a text; the separator is the one that shows most headers.

    Parameters
    ----------
    known
        Says how many of some cells are headers that mean something.

    Raises
    ------
    OpenQuote
        A text is opened by a quotation mark and not closed.
    UnreadableTable
        It has more cells than can be held.
    """
    said = text.split("\n", 1)[0].strip().lower()
    if said.startswith("sep=") and len(said) == 5:
        return [[], *_rows(text.split("\n", 1)[1], said[4])]
    return _rows(text, separator_of(text, known))


def separator_of(text: str, known: Score) -> str:
    """Return the sign that parts the cells of a text."""

    def shown(separator: str) -> tuple[int, int]:
        start = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=separator)
        try:
            rows = list(islice(start, _PROBED))
        except csv.Error:
            rows = []
        return max(map(known, rows), default=0), max(map(len, rows[:1]), default=0)

    return max(SEPARATORS, key=shown)


def _rows(text: str, separator: str) -> list[Row]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[Row] = []
    cells, start = 0, 0
    try:
        for row in reader:
            cells += len(row)
            if cells > MOST_CELLS or len(rows) >= MOST_ROWS:
                raise UnreadableTable("too_many_cells")
            if reader.line_num > start + 1 and (place := _swallowed(row, separator)):
                raise OpenQuote(len(rows) + 1, place, rows, "unclosed_quote")
            rows.append(row)
            start = reader.line_num
    except csv.Error as error:
        (first,) = list(csv.reader([lines[start][:_FIELD]], delimiter=separator)) or [[]]
        alone = reader.line_num <= start + 1 and "expected after" in str(error)
        raise OpenQuote(
            len(rows) + 1, len(first), rows, "stray_quote" if alone else "unclosed_quote"
        ) from error
    return rows


def _swallowed(row: Row, separator: str) -> int:
    """Return the place, from 1, of a cell whose lines are rows themselves; 0 where there is none."""
    for place, cell in enumerate(row, 1):
        if any(line.count(separator) >= max(2, len(row) - 2) for line in cell.splitlines()[1:]):
            return place
    return 0
