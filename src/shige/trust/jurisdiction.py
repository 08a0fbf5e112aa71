"""The jurisdiction profile in force and its calendar, read once for each process (R8)."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from shige.profile import Profile
from shige.profile.loader import load
from shige.worktime import Calendar, calendar_of, load_holidays


@lru_cache(maxsize=1)
def profile() -> Profile:
    """Return the profile that the setting ``SHIGE_PROFILE`` names."""
    return load(settings.SHIGE_PROFILE)


def language() -> str:
    """Return the language of the page as the profile's words know it: ``zh`` or ``en``."""
    return (get_language() or "zh").split("-")[0]


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Return working days and office hours, with the office's own holiday file where it has one."""
    if settings.SHIGE_HOLIDAYS:
        return calendar_of(profile(), load_holidays(settings.SHIGE_HOLIDAYS))
    return calendar_of(profile())


def uncertain_years() -> tuple[int, ...]:
    """Return those of this year and the next whose make-up days are not known yet."""
    first = timezone.localdate()
    return calendar().uncertain_years(first, date(first.year + 1, 12, 31))
