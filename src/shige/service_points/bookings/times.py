"""The times of a day in which something can be booked, and which of them are free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from ..hours import MIDNIGHT
from ..opening import Days


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of a day, and whether it can still be booked."""

    begin: datetime
    end: datetime
    free: bool


def slots_of(
    days: Days, day: date, minutes: int, taken: Iterable[tuple[datetime, datetime]], now: datetime
) -> list[Slot]:
    """Return the times of a day that have not passed, each so many minutes within the opening hours."""
    held, length = list(taken), timedelta(minutes=minutes)
    found = []
    for opens, closes in days.on(day)[0]:
        begin, last = _moment(day, opens), _moment(day, closes)
        while begin + length <= last:
            end = begin + length
            if end > now:
                free = not any(first < end and begin < until for first, until in held)
                found.append(Slot(begin, end, free))
            begin = end
    return found


def in_a_row(slots: Iterable[Slot], begin: datetime, count: int) -> list[Slot]:
    """Return ``count`` slots without a break from the one that begins then; fewer where there are no more."""
    row: list[Slot] = []
    for slot in slots:
        if slot.begin == (row[-1].end if row else begin) and len(row) < count:
            row.append(slot)
    return row


def _moment(day: date, at: time) -> datetime:
    if at == MIDNIGHT:
        day, at = day + timedelta(days=1), time(0)
    return datetime.combine(day, at, get_current_timezone())
