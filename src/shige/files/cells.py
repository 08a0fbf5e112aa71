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

from .bounds import TOO_LARGE, UNREADABLE, enter, hand_over

MEMORY: Final = 2 << 30
MOST_CELLS: Final = 8_000_000
"""Cells from A1 to the last one that holds something."""


class TooManyCellsError(Exception):
    """The sheet reaches too far."""


def rows_in(content: bytes) -> list[list[Any]]:
    """Return the rows from A1 on.

    Raises
    ------
    TooManyCellsError
        They hold more than ``MOST_CELLS``.
    CalamineError
        It is no workbook that can be read.
    IndexError
        It has no sheet.
    """
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    high, wide = (last + 1 for last in sheet.end or (-1, -1))
    if high * wide > MOST_CELLS:
        raise TooManyCellsError
    return sheet.to_python(skip_empty_area=False)


def as_json(value: Any) -> Any:
    """Return a cell that JSON does not know, with its kind."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value).__name__)


def main() -> int:
    """Read standard input within bounds."""
    try:
        rows = rows_in(enter(MEMORY))
        hand_over({}, *(json.dumps(row, default=as_json, ensure_ascii=False).encode() for row in rows))
    except (TooManyCellsError, MemoryError):
        return TOO_LARGE
    except (CalamineError, IndexError, OSError, ValueError, TypeError):
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
