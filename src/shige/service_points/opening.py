"""When a service point is open: a week of hours as people write it, and what holds at a moment."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

Span = tuple[time, time]
"""From, and until before."""

Week = tuple[tuple[Span, ...], ...]
"""The spans of each weekday, Monday first."""

DASHES: Final = re.compile(r"\s*(?:-+|–|—+|－|~|～|至|到|to)\s*")
PARTS: Final = re.compile(
    r"\s*[,，、;；/和]\s*|\s+(?=\d|上午|下午|晚上|am|pm)|(?<=[\d点时分半])(?=下午|晚上)"
)
MOMENT: Final = re.compile(
    r"(?P<half_day>早上|上午|中午|下午|晚上|夜间|am|pm)?\s*(?P<hour>\d{1,2})(?:[:：.点时](?P<minute>\d{2})?(?:分)?)?(?P<half>半)?"
)
AFTERNOON: Final = frozenset({"下午", "晚上", "夜间", "pm"})
ALL_DAY: Final = frozenset({"全天", "全天开放", "24小时", "24h", "二十四小时"})
DAY_LONG: Final = (time(0), time(23, 59))
CLOSED: Final = frozenset({"", "休", "休息", "关", "不开", "不开放", "closed", "-"})
AHEAD: Final = 60
"""So many days are looked through for the next time that it opens."""


class UnreadableHoursError(ValueError):
    """The hours of a day cannot be read; ``part`` is what is meant."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class CrossedHoursError(UnreadableHoursError):
    """Hours end before they begin, or two spans of a day overlap."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What holds at a moment: until when it is open, or when it opens next (None: not in sight)."""

    open: bool
    until: datetime | None
    reason: str = ""


def read_hours(written: str) -> tuple[Span, ...]:
    """Read the hours of one day as people write them, ``9:00-12:00、13:30至17:30``; none where it is closed.

    Raises
    ------
    UnreadableHoursError
        What cannot be read; ``CrossedHoursError`` where it is read and cannot be.
    """
    text = written.strip().lower()
    if text in CLOSED:
        return ()
    if text in ALL_DAY:
        return (DAY_LONG,)
    spans = tuple(_span(part) for part in PARTS.split(DASHES.sub("-", text)) if part)
    ordered = tuple(sorted(spans))
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise CrossedHoursError(f"{_written(before)}, {_written(after)}")
    return ordered


def written_hours(spans: Iterable[Span]) -> str:
    """Write the hours of a day as ``read_hours`` reads them; empty where it is closed."""
    return ", ".join(_written(span) for span in spans)


def opening_at(week: Week, closures: Sequence[tuple[date, date, str]], moment: datetime) -> Opening:
    """Return whether it is open at a moment of local time, and what comes next.

    Parameters
    ----------
    closures
        First day, day after the last, and reason of each.
    """
    reason = _closed_for(closures, moment.date())
    if not reason:
        for begin, end in week[moment.weekday()]:
            if begin <= moment.time().replace(tzinfo=None) < end:
                return Opening(open=True, until=datetime.combine(moment.date(), end, moment.tzinfo))
    for ahead in range(AHEAD):
        day = moment.date() + timedelta(days=ahead)
        if _closed_for(closures, day):
            continue
        for begin, _end in week[day.weekday()]:
            opens = datetime.combine(day, begin, moment.tzinfo)
            if opens > moment:
                return Opening(open=False, until=opens, reason=reason)
    return Opening(open=False, until=None, reason=reason)


def _closed_for(closures: Sequence[tuple[date, date, str]], day: date) -> str:
    return next((reason for first, end, reason in closures if first <= day < end), "")


def _span(part: str) -> Span:
    sides = part.split("-")
    if len(sides) != 2:
        raise UnreadableHoursError(part)
    first, last = (MOMENT.fullmatch(side.strip()) for side in sides)
    if first is None or last is None:
        raise UnreadableHoursError(part)
    begin = _moment(first, first["half_day"], part)
    end = _moment(last, last["half_day"] or first["half_day"], part)
    if end <= begin:
        raise CrossedHoursError(part)
    return begin, end


def _moment(found: re.Match[str], half_day: str | None, part: str) -> time:
    """Return a moment; ``half_day`` holds for the end of a span too, 下午1:30-5:30."""
    if found["minute"] and found["half"]:
        raise UnreadableHoursError(part)
    hour, minute = int(found["hour"]), 30 if found["half"] else int(found["minute"] or 0)
    if half_day in AFTERNOON and hour < 12:
        hour += 12
    if (hour, minute) == (24, 0):
        return DAY_LONG[1]
    if hour > 23 or minute > 59:
        raise UnreadableHoursError(part)
    return time(hour, minute)


def _written(span: Span) -> str:
    return f"{span[0]:%H:%M}-{span[1]:%H:%M}"
