"""Times and days as people, systems and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final

from .cells import text
from .problems import WrongCell
from .text import plain

_FIRST: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (day 0 of a spreadsheet knows no zone)
_SERIAL: Final = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_SERIALS: Final = (20_000.0, 80_000.0)  # 1954 to 2119
_RUN: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_DAY: Final = r"(?P<year>\d{4}) *[-/.年] *(?P<month>\d{1,2}) *[-/.月] *(?P<day>\d{1,2})(?: *[日号])?"
_PART: Final = r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|am|pm)?"
_CLOCK: Final = (
    rf"{_PART} *(?P<hour>\d{{1,2}}) *[:时点] *"
    r"(?:(?P<minute>\d{1,2}) *(?:[:分] *(?P<second>\d{1,2})(?:[.,]\d+)?秒?)?分?)?"
    r" *(?P<after>am|pm)?"
)
_ZONE: Final = r"(?P<zone>z|utc|[+-]\d\d:?\d\d)?"
_MOMENT: Final = re.compile(
    rf"{_DAY}(?: *[,(]?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
    rf"(?:(?:t| +|(?<=[日号])| *(?=\D)){_CLOCK} *{_ZONE})?",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d\d)( .*)?")
_EMPTY: Final = re.compile(r"(1900|1899)[-/.年].*")
_LATER: Final = frozenset({"下午", "傍晚", "晚上", "夜间", "pm"})
_EARLY: Final = frozenset({"凌晨", "am", "上午", "早上", "早晨", "清晨"})


def moment(value: Any, zone: tzinfo) -> datetime | None:
    """Return an aware moment, None for an empty cell; a time without a zone is of `zone`.

    Raises
    ------
    WrongCell
        It is none, or may be two.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    written = plain(text(value))
    if not written:
        return None
    if _EMPTY.fullmatch(written) or isinstance(value, time | timedelta):
        raise WrongCell("empty_date", value=written)
    try:
        return _read(written, zone)
    except ValueError as error:
        code = "day_first" if _DAY_FIRST.fullmatch(written) else "not_a_time"
        raise WrongCell(code, value=written) from error


def day(value: Any) -> date | None:
    """Return a day, None for an empty cell; WrongCell where it is none."""
    try:
        found = moment(value, timezone.utc)  # noqa: UP017 (only its day is kept)
    except WrongCell as error:
        raise WrongCell("not_a_day" if error.code == "not_a_time" else error.code, **error.details) from None
    return found.date() if found else None


def _read(written: str, zone: tzinfo) -> datetime:
    if _SERIAL.fullmatch(written) and _SERIALS[0] < float(written) < _SERIALS[1]:
        seconds = round(float(written) * 86_400)
        return (_FIRST + timedelta(seconds=seconds)).replace(tzinfo=zone)
    if found := _RUN.fullmatch(written):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    found = _MOMENT.fullmatch(written)
    if not found:
        raise ValueError(written)
    on = datetime(
        int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=_zone(found["zone"], zone)
    )
    if found["hour"] is None:
        return on
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    hour = _of_day(hour, (found["part"] or found["after"] or "").lower())
    if (hour, minute, second) == (24, 0, 0):
        return on + timedelta(days=1)
    return on.replace(hour=hour, minute=minute, second=second)


def _of_day(hour: int, part: str) -> int:
    if part in _LATER and 1 <= hour < 12:
        return hour + 12
    if part == "中午" and hour < 3:
        return hour + 12
    return 0 if part in _EARLY and hour == 12 else hour


def _zone(written: str | None, otherwise: tzinfo) -> tzinfo:
    if not written:
        return otherwise
    if written.lower() in {"z", "utc"}:
        return timezone.utc  # noqa: UP017
    sign, digits = written[0], written[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(ahead if sign == "+" else -ahead)
