"""Deadlines in working time, and how they move while a matter waits for its reporter (R22).

How a limit is counted
----------------------
- By the clock (`elapsed`, tiers such as X): minutes and hours run day and night.
- `min` and `h`: only office hours count.
- `wd`: the same time of day on the n-th following working day. A start outside office hours counts from the
  next opening. What starts at an opening is due at the close of the n-th working day, that day included,
  which is the same working time. A time of day outside the hours of the due day moves to the next opening of
  that day, or back to its close.
- `now`: the first moment of office hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from shige.profile import Limit
from shige.worktime.calendar import Calendar, Span

ONE_DAY = timedelta(days=1)
NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due; `approximate` where it leans on a year whose make-up days are not known."""

    due: datetime
    approximate: bool


def deadline(calendar: Calendar, start: datetime, limit: Limit, *, elapsed: bool = False) -> Deadline:
    """Return when a limit that starts at `start` (aware) runs out, in the time zone of the calendar.

    Raises
    ------
    ValueError
        `start` has no time zone, or a limit in working days is to be counted by the clock.
    """
    local = calendar.local(start)
    if elapsed:
        return Deadline(_by_the_clock(calendar, start, timedelta(minutes=limit.minutes)), approximate=False)
    if limit.unit == "wd" and limit.amount:
        due = _after_days(calendar, local, limit.amount)
    else:
        due = _after_hours(calendar, local, timedelta(minutes=limit.minutes if limit.amount else 0))
    return Deadline(calendar.aware(due), bool(calendar.uncertain_years(local.date(), due.date())))


def worked_between(calendar: Calendar, start: datetime, end: datetime, *, elapsed: bool = False) -> timedelta:
    """Return the office hours between two aware moments; nothing when the end is not after the start."""
    if elapsed:
        return max(NO_TIME, end - start)
    first, last = calendar.local(start), calendar.local(end)
    worked = NO_TIME
    for opens, closes in _spans_from(calendar, first.date()):
        if opens >= last:
            break
        worked += max(NO_TIME, min(closes, last) - max(opens, first))
    return worked


def part_of(
    calendar: Calendar,
    start: datetime,
    due: datetime,
    share: float,
    *,
    stood: timedelta = NO_TIME,
    elapsed: bool = False,
) -> datetime:
    """Return the moment at which `share` (0 to 1) of the time from `start` to `due` is used up.

    Of that time, the pauses took `stood`; the share is of the rest.
    """
    whole = worked_between(calendar, start, due, elapsed=elapsed)
    stood = min(stood, whole)
    length = stood + (whole - stood) * share
    if elapsed:
        return start + length
    return min(calendar.aware(_after_hours(calendar, calendar.local(start), length)), due)


def put_off(calendar: Calendar, before: Deadline, length: timedelta, *, elapsed: bool = False) -> Deadline:
    """Return a deadline moved by `length` of office hours, or of time by the clock."""
    if not length:
        return before
    if elapsed:
        return Deadline(_by_the_clock(calendar, before.due, length), before.approximate)
    local = calendar.local(before.due)
    due = _after_hours(calendar, local, length)
    uncertain = bool(calendar.uncertain_years(local.date(), due.date()))
    return Deadline(calendar.aware(due), before.approximate or uncertain)


def resume(
    calendar: Calendar, before: Deadline, paused: datetime, resumed: datetime, *, elapsed: bool = False
) -> Deadline:
    """Return the deadline after a pause: the time that was left when it began is left when it ends.

    A deadline that had already passed at `paused` stays as it is: waiting does not excuse being late.
    `elapsed` counts every hour of the day and not those of the office.

    Raises
    ------
    ValueError
        The pause ends before it begins.
    """
    if resumed < paused:
        raise ValueError("the pause ends before it begins")
    if paused >= before.due:
        return before
    if elapsed:
        return Deadline(_by_the_clock(calendar, before.due, resumed - paused), approximate=False)
    left = worked_between(calendar, paused, before.due)
    local = calendar.local(resumed)
    due = _after_hours(calendar, local, left)
    uncertain = bool(calendar.uncertain_years(local.date(), due.date()))
    return Deadline(calendar.aware(due), before.approximate or uncertain)


def _by_the_clock(calendar: Calendar, start: datetime, length: timedelta) -> datetime:
    return (start.astimezone(UTC) + length).astimezone(calendar.zone)


def _after_hours(calendar: Calendar, start: datetime, length: timedelta) -> datetime:
    """Count `length` of office hours from a wall-clock time; a closing time is reached before an opening."""
    left = length
    for opens, closes in _spans_from(calendar, start.date()):
        if closes <= start:
            continue
        begin = max(opens, start)
        if left <= closes - begin:
            return begin + left
        left -= closes - begin
    raise AssertionError("the calendar never ends")


def _after_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    counts_from = _after_hours(calendar, start, NO_TIME)
    if counts_from == calendar.spans(counts_from.date())[0][0]:
        return _working_day(calendar, counts_from.date(), days - 1)[-1][1]
    spans = _working_day(calendar, counts_from.date(), days)
    wanted = datetime.combine(spans[0][0].date(), counts_from.time())
    return next((max(opens, wanted) for opens, closes in spans if wanted <= closes), spans[-1][1])


def _working_day(calendar: Calendar, day: date, following: int) -> tuple[Span, ...]:
    """Return the hours of the n-th working day after a working day; 0 is that day itself."""
    while following:
        day += ONE_DAY
        following -= calendar.is_working_day(day)
    return calendar.spans(day)


def _spans_from(calendar: Calendar, day: date) -> Iterator[Span]:
    while True:
        yield from calendar.spans(day)
        day += ONE_DAY
