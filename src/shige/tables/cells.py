"""What a cell says, once it is a number, a yes or no, a code, or a place in degrees."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from .problems import WrongCell
from .text import kept, plain

LARGEST: Final = 2**53
"""Above it a number that went through a program of floating point is not what was written."""

DIGITS_KEPT: Final = 10**15
"""A spreadsheet keeps 15 digits of a number."""

_ERRORS: Final = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)", re.IGNORECASE
)
_SHORTENED: Final = re.compile(r"([0-9](?:\.[0-9]+)?)E\+([0-9]{2,3})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(E[+-]?[0-9]{1,3})?", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}([,，' ][0-9]{3})+(\.[0-9]+)?")
_MEASURED: Final = re.compile(r"(?<=[0-9]) *(户|家|层|栋|幢|个|人|间|套|部|座|单元|小时|分钟|分|米|m)$")
_YES: Final = frozenset(
    ["true", "t", "1", "yes", "y", "是", "有", "√", "✓", "✔", "☑", "对", "已装", "已安装", "有电梯", "on"]
)
_NO: Final = frozenset(
    [
        "false",
        "f",
        "0",
        "no",
        "n",
        "否",
        "无",
        "没有",
        "×",
        "✗",
        "✘",
        "未装",
        "未安装",
        "无电梯",
        "没电梯",
        "off",
    ]
)
_DEGREES: Final = re.compile(
    r"(?P<d>[0-9]{1,3})\s*[°º度:]\s*(?P<m>[0-9]{1,2}(?:\.[0-9]+)?)\s*['′’分:]?"
    r"\s*(?:(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|″|”|''|′′|秒)?)?"
)
_HALVES: Final = {"东经": 1, "西经": -1, "北纬": 1, "南纬": -1, "e": 1, "w": -1, "n": 1, "s": -1}
_OWN_HALVES: Final = {
    "lon": frozenset({"东经", "西经", "e", "w"}),
    "lat": frozenset({"北纬", "南纬", "n", "s"}),
}


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell of a workbook that shows an error, such as #N/A."""

    shown: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A cell of a workbook with a formula whose result was never saved."""


def said_by(value: Any, *, timed: bool = False, lined: bool = False) -> Any:
    """Return a cell as text, a number or a time as it is; None for nothing.

    Parameters
    ----------
    timed
        Whether its column holds times or days; elsewhere a date is what a spreadsheet made of something else.
    lined
        Whether its line breaks are kept.

    Raises
    ------
    WrongCell
        It holds an error, or cannot be what was once written.
    """
    match value:
        case ErrorCell():
            raise WrongCell("error_cell", value=value.shown)
        case Uncomputed():
            raise WrongCell("uncomputed")
        case str():
            return _words(value, lined)
        case int() | float() if not isinstance(value, bool):
            return _number(value)
        case datetime() | date() | time() | timedelta() if not timed:
            raise WrongCell("date_cell", value=_shown(value))
        case Mapping() | list():
            raise WrongCell("not_text", value=str(value)[:60])
    return value


def _words(value: str, lined: bool) -> str | None:
    said = kept(value, lined=lined)
    if _ERRORS.fullmatch(said):
        raise WrongCell("error_cell", value=said)
    return said or None


def _number(value: float) -> float | None:
    """Return a number that is what was once written; None for one that is none (NaN)."""
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise WrongCell("long_number", value=str(value))
        return value
    if abs(value) >= DIGITS_KEPT and math.isfinite(value):
        raise WrongCell("long_number", value=f"{value:.15g}")
    return value if math.isfinite(value) else None


def text(value: Any) -> str:
    """Return what a cell says in words; a whole number of a spreadsheet without its point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def exact(value: Any) -> str:
    """Return a code or an id, in half-width signs.

    Raises
    ------
    WrongCell
        A spreadsheet has shortened it, and digits are lost.
    """
    said = plain(text(value))
    if found := _SHORTENED.fullmatch(said):
        digits = found[1].replace(".", "")
        if len(digits) <= int(found[2]):
            raise WrongCell("shortened", value=said)
        return str(int(float(said)))
    return said


def number(value: Any) -> float | None:
    """Return a number, None for an empty cell; `1,234` and `12户` are numbers.

    Raises
    ------
    WrongCell
        It is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    said = _MEASURED.sub("", plain(text(value)))
    if not said:
        return None
    if _THOUSANDS.fullmatch(said):
        said = re.sub("[,，' ]", "", said)
    if not _NUMBER.fullmatch(said):
        raise WrongCell("not_a_number", value=text(value))
    found = float(said)
    if not math.isfinite(found):
        raise WrongCell("not_a_number", value=text(value))
    return found


def whole(value: Any) -> int | None:
    """Return a whole number, None for an empty cell; WrongCell where it is none."""
    try:
        found = number(value)
    except WrongCell:
        found = math.nan
    if found is not None and not found.is_integer():
        raise WrongCell("not_whole", value=text(value))
    return None if found is None else int(found)


def flag(value: Any) -> bool | None:
    """Return yes or no, None for an empty cell; WrongCell where it is neither."""
    said = plain(text(value)).lower()
    if not said:
        return None
    if said not in _YES | _NO:
        raise WrongCell("not_yes_or_no", value=text(value))
    return said in _YES


def degrees(value: Any, axis: str) -> float | None:
    """Return a longitude (`lon`) or latitude (`lat`) in degrees, None for an empty cell.

    Degrees, minutes and seconds, a decimal comma and 东经 or E are read.

    Raises
    ------
    WrongCell
        It is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    said = plain(text(value)).lower().replace("−", "-")
    if not said:
        return None
    half = next((word for word in _HALVES if said.startswith(word) or said.endswith(word)), "")
    found = _in_degrees(said.removeprefix(half).removesuffix(half).strip(" :")) if half else _in_degrees(said)
    if found is None or (half and half not in _OWN_HALVES[axis]):
        raise WrongCell("not_degrees", value=text(value))
    return found * _HALVES.get(half, 1)


def _in_degrees(said: str) -> float | None:
    said = said.removesuffix("°").removesuffix("度").strip()
    if re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]+", said):
        said = said.replace(",", ".")
    if _NUMBER.fullmatch(said):
        return float(said)
    found = _DEGREES.fullmatch(said)
    if not found:
        return None
    minutes, seconds = float(found["m"]), float(found["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    return int(found["d"]) + minutes / 60 + seconds / 3600


def _shown(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
