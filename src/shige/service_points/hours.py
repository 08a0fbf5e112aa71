"""The hours of a day as people write them: on doors, in notices, copied from elsewhere."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import Final

from shige.language.counts import number_of
from shige.language.numerals import narrow

Span = tuple[time, time]
"""From, and until before; an end at the last minute of the day is midnight."""

MIDNIGHT: Final = time(23, 59)
DAY_LONG: Final = (time(0), MIDNIGHT)

HAN: Final = re.compile(r"[一二三四五六七八九十两]+(?=点|时|:|整|钟)|(?<=点)[一二三四五六七八九十]+(?=分)")
NIGHT: Final = ("凌晨", "半夜", "次日", "第二天")
FORENOON: Final = ("清晨", "早上", "早晨", "上午", "早", "am")
NOON: Final = ("中午", "正午")
AFTERNOON: Final = ("下午", "午后", "傍晚", "晚上", "夜间", "夜里", "晚间", "晚", "pm")
EVENING: Final = ("晚上", "夜间", "夜里", "晚间", "晚")
DAY_PARTS: Final = "|".join((*NIGHT, *FORENOON, *NOON, *AFTERNOON))

DASHES: Final = re.compile(r"\s*(?:[-‐‑‒–—―−─~〜∼→]+|(?<=\d)一(?=\d)|至|到|to)\s*")
PARTS: Final = re.compile(
    rf"\s*[,、;/|+。和及与]\s*|\s+(?=\d|{DAY_PARTS})|(?<=[\d点时分半整])(?=(?!am|pm)(?:{DAY_PARTS}))"
)
LOOSE: Final = re.compile(rf"({DAY_PARTS})[\s:]+(?=\d)")
MOMENT: Final = re.compile(
    rf"(?P<before>{DAY_PARTS})?[\s:]*(?P<hour>\d{{1,2}})"
    rf"(?:[:.∶﹕点时]钟?(?P<minute>\d{{2}})?分?|(?P<bare>[0-5]\d))?(?P<half>半)?整?\s*(?P<after>am|pm)?"
)
LABEL: Final = re.compile(r"^(?:开放|营业|服务|办公|办理)?时间\s*:\s*")
ALL_DAY: Final = re.compile(r"(?:(?:全天|全日)候?(?:24小时)?|(?:7[x×*])?24(?:小时|h))(?:开放|营业|服务)?")
CLOSED: Final = frozenset(("", "-", "—", "x", "×", "无", "休", "休息", "休馆", "关", "关门", "闭馆")) | {
    *("不开", "不开放", "不营业", "不对外", "放假", "closed")
}
EARLIEST: Final = 6
LATEST_END: Final = 8
"""Hours before six that end before eight may as well be those of the afternoon."""


class UnreadableHoursError(ValueError):
    """The hours of a day cannot be read; ``part`` is what is meant."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class CrossedHoursError(UnreadableHoursError):
    """Hours end before they begin, or two spans of a day overlap."""


class UnclearHoursError(UnreadableHoursError):
    """Hours that may be those of the night or of the afternoon."""


def read_hours(written: str) -> tuple[Span, ...]:
    """Read the hours of one day, ``9:00-12:00、13:30至17:30``; none where it is closed.

    Of hours on the twelve-hour clock (``8:30-12:00, 2:00-5:30``) the later ones are those of the afternoon,
    and an end before its beginning is too (``9:00-5:00``).

    Raises
    ------
    UnreadableHoursError
        What cannot be read; ``CrossedHoursError`` where it is read and cannot be, ``UnclearHoursError``
        where it can be read in two ways.
    """
    text = LABEL.sub("", narrow(written).strip().lower()).strip(" 。.;,")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if text in CLOSED:
        return ()
    if ALL_DAY.fullmatch(text):
        return (DAY_LONG,)
    text = LOOSE.sub(r"\1", HAN.sub(lambda found: str(number_of(found[0])), text))
    spans: list[Span] = []
    twelve = False
    for part in PARTS.split(DASHES.sub("-", text)):
        if part:
            span, twelve = _span(part, spans[-1] if spans else None, twelve=twelve)
            spans.append(span)
    ordered = tuple(sorted(spans))
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise CrossedHoursError(written_hours((before, after)))
    return ordered


def written_hours(spans: Iterable[Span]) -> str:
    """Write the hours of a day as ``read_hours`` reads them; empty where it is closed."""
    return ", ".join(f"{begin:%H:%M}-{_written_end(end)}" for begin, end in spans)


def _written_end(end: time) -> str:
    return "24:00" if end == MIDNIGHT else f"{end:%H:%M}"


def _span(part: str, before: Span | None, *, twelve: bool) -> tuple[Span, bool]:
    """Return a span that was written behind another one, and whether it is of a clock of twelve hours.

    ``twelve`` says so of the one before.
    """
    found = [MOMENT.fullmatch(side.strip()) for side in part.split("-")]
    if len(found) != 2 or found[0] is None or found[1] is None:
        raise UnreadableHoursError(part)
    begin, end = _minutes(found[0], None, part), _minutes(found[1], _day_part(found[0]), part)
    plain = _day_part(found[0]) is None and not found[0]["hour"].startswith("0")
    low = begin < (720 if twelve else (EARLIEST + 1) * 60)
    twelve = bool(plain and before and low and begin < _since_midnight(before[1]))
    if twelve:
        begin, end = begin + 720, end + 720 if end < 720 else end
    if end <= begin < 780 and end < 720 and _day_part(found[1]) is None:
        end += 720
    if plain and 0 < begin < EARLIEST * 60 and end < LATEST_END * 60:
        raise UnclearHoursError(part)
    if end <= begin or end > 1440:
        raise CrossedHoursError(part)
    return (_moment(begin), _moment(end)), twelve


def _day_part(found: re.Match[str]) -> str | None:
    part: str | None = found["before"] or found["after"]
    return part


def _minutes(found: re.Match[str], carried: str | None, part: str) -> int:
    """Return the minutes since midnight; the part of the day of a beginning holds for its end too."""
    minute = found["minute"] or found["bare"]
    if minute and found["half"]:
        raise UnreadableHoursError(part)
    hour, minutes = int(found["hour"]), 30 if found["half"] else int(minute or 0)
    if hour > 24 or minutes > 59 or (hour == 24 and minutes):
        raise UnreadableHoursError(part)
    said = _day_part(found)
    day_part = said or carried
    if day_part in AFTERNOON:
        if hour < 12:
            hour += 12
        elif hour == 12 and day_part in EVENING:
            hour = 24
    elif day_part in NOON and (hour < 4 or (said is None and hour < 12)):
        hour += 12
    return hour * 60 + minutes


def _since_midnight(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _moment(minutes: int) -> time:
    return MIDNIGHT if minutes == 1440 else time(*divmod(minutes, 60))
