"""A workbook of strangers as the rows of one sheet: never more than we can hold."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.tables.cells import ErrorCell, Uncomputed
from shige.tables.table import Sheet

from .bounds import TOO_LARGE, TOO_MANY, TOO_SLOW
from .cells import LONGEST
from .sandbox import read_in_box, too_slow

READER: Final = "shige.files.cells"

KINDS: Final[dict[str, Callable[[Any], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
    "error": ErrorCell,
    "uncomputed": lambda _is: Uncomputed(),
}


def workbook_sheet(content: bytes) -> Sheet:
    """Return the first sheet of a workbook (xlsx, xlsm, xls, ods) that shows something.

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
    return Sheet(
        rows=[json.loads(row, object_hook=_cell) for row in read.parts],
        name=read.about["name"],
        merged=[tuple(place) for place in read.about["merged"]],
        others=[tuple(other) for other in read.about["others"]],
    )


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
