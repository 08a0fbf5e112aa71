"""Workbooks and CSV files of strangers as rows, and JSON as what it says: never more than we can hold."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .bounds import TOO_LARGE, TOO_MANY, TOO_SLOW
from .cells import LONGEST, MOST_CELLS
from .sandbox import read_in_box, too_slow

READER: Final = "shige.files.cells"
MOST_ROWS: Final = 1_000_000
MOST_PARTS: Final = 12_000_000
"""Commas and brackets of a JSON file; each may become an object of about 60 bytes."""

KINDS: Final[dict[str, Callable[[Any], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def workbook_rows(content: bytes) -> list[list[Any]]:
    """Return the rows of the first sheet of a workbook (xlsx, xlsm, xls, ods).

    Raises
    ------
    ValidationError
        It cannot be opened, its cells reach too far or hold too much, or opening it takes too long.
    """
    read = read_in_box(READER, content)
    if read.status == TOO_MANY:
        raise _too_many()
    if read.status == TOO_LARGE:
        raise ValidationError(
            _(
                "It holds more than can be read at once. "
                "Please delete empty rows and columns at its end, or divide it."
            )
        )
    if read.status == TOO_SLOW:
        raise too_slow()
    if read.status:
        raise ValidationError(_("It is no workbook, or it is damaged or locked with a password."))
    if "long" in read.about:
        raise _too_long(*read.about["long"])
    return [json.loads(row, object_hook=_cell) for row in read.parts]


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV file.

    Raises
    ------
    ValidationError
        It has too many rows or cells, or a cell that never ends.
    """
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in islice(csv.reader(io.StringIO(text, newline="")), MOST_ROWS + 1):
            cells += len(row)
            if cells > MOST_CELLS:
                raise _too_many()
            rows.append(row)
    except csv.Error as error:
        raise ValidationError(
            _("A cell of this CSV file does not end: a quotation mark may be missing.")
        ) from error
    if len(rows) > MOST_ROWS:
        raise _too_many()
    return rows


def json_value(text: str) -> Any:
    """Return what a JSON file says.

    Raises
    ------
    ValidationError
        It has too many parts.
    ValueError
        It is no JSON.
    RecursionError
        It is nested too deeply.
    """
    if sum(text.count(sign) for sign in ",[{") > MOST_PARTS:
        raise _too_many()
    return json.loads(text)


def _cell(value: dict[str, Any]) -> Any:
    ((kind, said),) = value.items()
    return KINDS[kind](said)


def _too_long(row: int, column: int) -> ValidationError:
    said = _("The cell in row %(row)d, column %(column)d holds more than %(limit)d characters.")
    return ValidationError(said % {"row": row, "column": column, "limit": LONGEST})


def _too_many() -> ValidationError:
    return ValidationError(
        _("It has too many cells. Please delete empty rows and columns at its end, or divide it.")
    )
