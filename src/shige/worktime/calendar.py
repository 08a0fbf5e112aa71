"""The working calendar of an office: which days and hours it works, and how sure that is (R22)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from shige.profile import Profile, TimeSpan
from shige.worktime.holidays import NONE, Holidays, published_in_china, statutory_in_china

Spans = tuple[TimeSpan, ...]
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Office hours of a jurisdiction. Times inside are wall-clock times of `zone` without a zone."""

    zone: ZoneInfo
    week: tuple[Spans, ...]  # Monday to Sunday
    make_up: Spans
    country: Literal["china", "weekends"]
    holidays: Holidays

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on a day: make-up days yes, public holidays no, else by the week."""
        return bool(self._hours(day))

    def is_public_holiday(self, day: date) -> bool:
        """Tell whether a day is off for everybody, weekend or not."""
        return day not in self.holidays.make_up_days and self._is_day_off(day)

    def is_make_up_day(self, day: date) -> bool:
        """Tell whether a day of a weekend is worked for a holiday (调休)."""
        return day in self.holidays.make_up_days

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return the office hours of a day, in order; empty for a day off."""
        return tuple(
            (datetime.combine(day, span.start), datetime.combine(day, span.end)) for span in self._hours(day)
        )

    def uncertain_years(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years from `start` to `end` whose make-up days are not known yet."""
        if self.country == "weekends":
            return ()
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.holidays.years)

    def local(self, moment: datetime) -> datetime:
        """Return the office's wall-clock time of an aware moment; ValueError for one without a zone."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no time zone; deadlines need an aware time")
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def aware(self, local: datetime) -> datetime:
        """Return the aware moment of a wall-clock time of the office."""
        return local.replace(tzinfo=self.zone)

    def _hours(self, day: date) -> Spans:
        if day in self.holidays.make_up_days:
            return self.make_up
        return () if self._is_day_off(day) else self.week[day.weekday()]

    def _is_day_off(self, day: date) -> bool:
        if day in self.holidays.days_off:
            return True
        unknown = self.country == "china" and day.year not in self.holidays.years
        return unknown and day in statutory_in_china(day.year)


def calendar_of(profile: Profile, loaded: Holidays = NONE) -> Calendar:
    """Make the calendar of a jurisdiction; `loaded` are the days of the holiday files of its office.

    A year that a loaded file covers is taken from it alone; of other years, the days that it names are as it
    says. A Chinese year that neither it nor the published notices cover has its statutory holidays, without
    make-up days, and is *uncertain*.
    """
    known = published_in_china() if profile.calendar == "china" else NONE
    week = profile.hours.week
    make_up = profile.hours.make_up or next(hours for hours in week if hours)
    return Calendar(profile.zone, week, make_up, profile.calendar, known.amended_by(loaded))
