"""Working time: holidays, office hours and deadlines; pure functions."""

from shige.worktime.calendar import Calendar, calendar_of
from shige.worktime.deadlines import Deadline, deadline, part_of, put_off, resume, worked_between
from shige.worktime.holiday_file import HolidayFileError, load_holidays
from shige.worktime.holidays import Holidays, published_in_china, spring_festival

__all__ = [
    "Calendar",
    "Deadline",
    "HolidayFileError",
    "Holidays",
    "calendar_of",
    "deadline",
    "load_holidays",
    "part_of",
    "published_in_china",
    "put_off",
    "resume",
    "spring_festival",
    "worked_between",
]
