"""By when a matter is answered and solved, in the working time of its category (R22)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from shige.profile import Category, Limit, Profile
from shige.trust.jurisdiction import profile
from shige.worktime import Calendar, calendar_of, deadline, load_holidays


@dataclass(frozen=True, slots=True)
class Dates:
    """The two promises to the reporter; ``approximate`` where a year's make-up days are not known yet."""

    respond_by: datetime
    resolve_by: datetime
    approximate: bool


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Return the calendar of the profile in force, with the office's own holiday file if there is one."""
    if settings.SHIGE_HOLIDAYS:
        return calendar_of(profile(), load_holidays(settings.SHIGE_HOLIDAYS))
    return calendar_of(profile())


def look_by(start: datetime) -> datetime:
    """Return by when trained staff look at what comes in at ``start``, in the profile's working time (P4)."""
    return _due(start, profile().guard.look, False)[0]


def at_work(moment: datetime) -> bool:
    """Say whether the offices are open at a moment."""
    local = calendar().local(moment)
    return any(opens <= local < closes for opens, closes in calendar().spans(local.date()))


def dates(rules: Profile, category: Category, start: datetime) -> Dates:
    """Return the dates of a matter of ``category`` that comes in at ``start``.

    The limits of tiers such as X run by the clock, day and night; all others in office hours.
    """
    elapsed = rules.tier(category.tier).elapsed
    respond, resolve = (_due(start, limit, elapsed) for limit in (category.respond, category.resolve))
    return Dates(respond[0], max(respond[0], resolve[0]), respond[1] or resolve[1])


def _due(start: datetime, limit: Limit, elapsed: bool) -> tuple[datetime, bool]:
    found = deadline(calendar(), start, limit, elapsed=elapsed and limit.unit != "wd")
    return found.due, found.approximate
