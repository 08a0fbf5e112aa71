"""When a service point is open: what holds at a moment of a week, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from shige.worktime import Calendar

from .hours import DAY_LONG, MIDNIGHT, Span

Week = tuple[tuple[Span, ...], ...]
"""The spans of each weekday, Monday first."""

AHEAD: Final = 60
"""So many days are looked through for the next time that it opens."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What holds at a moment: until when it is open, or when it opens next (None: not in sight).

    Of one that is open day and night nothing comes next.
    """

    open: bool
    until: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The hours of each day: a week, days on which it is closed, and the holidays that it keeps, if any.

    ``closures`` have first day, day after the last, and reason. On a make-up workday it is open as on a
    Monday.
    """

    week: Week
    closures: Sequence[tuple[date, date, str]] = ()
    holidays: Calendar | None = None

    def on(self, day: date) -> tuple[tuple[Span, ...], str]:
        """Return the spans of a day, and why there are none where the week would have some."""
        for first, end, reason in self.closures:
            if first <= day < end:
                return (), reason
        if self.holidays is not None and self.holidays.is_make_up_day(day):
            return self.week[0], ""
        spans = self.week[day.weekday()]
        if self.holidays is not None and self.holidays.is_public_holiday(day):
            return (), _("Public holiday") if spans else ""
        return spans, ""


def opening_at(days: Days, moment: datetime) -> Opening:
    """Return whether it is open at a moment of local time, and what comes next."""
    today, now = moment.date(), moment.time().replace(tzinfo=None)
    spans, reason = days.on(today)
    for begin, end in spans:
        if begin <= now < end or end == MIDNIGHT <= now:
            return Opening(open=True, until=_end(days, today, end, moment))
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        for begin, _end_of_span in days.on(day)[0]:
            opens = datetime.combine(day, begin, moment.tzinfo)
            if opens > moment:
                return Opening(open=False, until=opens, reason=reason)
    return Opening(open=False, until=None, reason=reason)


def _end(days: Days, day: date, end: time, moment: datetime) -> datetime | None:
    """Return when a time ends in which it is open; hours that follow without a break go on."""
    for _ahead in range(AHEAD):
        spans = days.on(day)[0]
        if end != MIDNIGHT:
            following = next((last for first, last in spans if first == end), None)
            if following is None:
                return datetime.combine(day, end, moment.tzinfo)
            end = following
            continue
        day += timedelta(days=1)
        following = next((last for first, last in days.on(day)[0] if first == DAY_LONG[0]), None)
        if following is None:
            return datetime.combine(day, DAY_LONG[0], moment.tzinfo)
        end = following
    return None
