"""Read the first sheet of a workbook, row by row.

A small program of its own, ``python -m shige.files.cells``, run in a box (``box``): a workbook of a few
kilobytes may name a cell in the last row and the last column, or unpack to gigabytes.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from python_calamine import CalamineError, load_workbook

from .bounds import TooManyError, serve

MEMORY: Final = 2 << 30
MOST_CELLS: Final = 8_000_000
"""Cells from A1 to the last one that holds something."""

LONGEST: Final = 131_072
"""Characters of a cell, as in a CSV file; Excel itself writes 32,767 at most."""

DAMAGED: Final = (CalamineError, IndexError, OSError, ValueError, TypeError)


def rows_in(content: bytes) -> list[list[Any]]:
    """Return the rows from A1 on.

    Raises
    ------
    TooManyError
        They hold more than ``MOST_CELLS``.
    Exception
        One of ``DAMAGED``: it is no workbook that can be read, or has no sheet.
    """
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    high, wide = (last + 1 for last in sheet.end or (-1, -1))
    if high * wide > MOST_CELLS:
        raise TooManyError
    return sheet.to_python(skip_empty_area=False)


def handed(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return each row as JSON; or only where a cell is that is longer than any honest one."""
    rows = rows_in(content)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > LONGEST:
                return {"long": [number, column]}, []
    return {}, [json.dumps(row, default=as_json, ensure_ascii=False).encode() for row in rows]


def as_json(value: Any) -> Any:
    """Return a cell that JSON does not know, with its kind."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    sys.exit(serve(MEMORY, handed, DAMAGED))
