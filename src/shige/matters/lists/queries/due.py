"""When a matter is due: the same days wherever lists, figures and the map speak of today (R22)."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ... import clock
from ...workflow.deadlines import calendar


def days_ends(moment: datetime) -> tuple[datetime, datetime]:
    """Return when today ends, and the next working day: with the day itself, at midnight."""
    days = calendar()
    day = timezone.localdate(moment) + timedelta(days=1)
    today = days.aware(datetime.combine(day, datetime.min.time()))
    while not days.spans(day):
        day += timedelta(days=1)
    return today, days.aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


def due_today() -> Q:
    """Return the filter of what becomes late today unless somebody acts."""
    now = clock.now()
    return Q(running=True, next_at__gte=now, next_at__lt=days_ends(now)[0])


def due_next() -> Q:
    """Return the filter of what becomes late after today, by the end of the next working day."""
    today, next_day = days_ends(clock.now())
    return Q(running=True, next_at__gte=today, next_at__lt=next_day)
