"""A room that can be booked, for tests: open on every day from 9 to 12 and 14 to 18."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from shige.matters import clock
from shige.service_points.bookings.commands import BookingIn, Rules, set_rules
from shige.service_points.models import Offer, ServicePoint
from shige.service_points.points.commands import add_offer, set_hours
from tests.matters.town import Town
from tests.service_points.points.test_points import opened

WEEK = (((time(9), time(12)), (time(14), time(18))),) * 7


def room_in(town: Town, **more: int) -> tuple[ServicePoint, Offer]:
    """Open a point with a room that is booked by the hour."""
    office, point = town.viewer("street_officer"), opened(town, keeps_holidays=False, capacity=20)
    set_hours(office, point.pk, WEEK)
    offer = add_offer(office, point.pk, "活动室")
    set_rules(office, point.pk, offer.pk, Rules(60, **more))
    return point, offer


def at(hour: int, days: int = 1) -> datetime:
    """Return an hour of a day ahead."""
    day = localtime(clock.now()) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def wish(hour: int = 9, days: int = 1, **more: object) -> BookingIn:
    """Return what somebody says who books."""
    given = {"begin": at(hour, days), "purpose": "排练合唱", "people": 5} | more
    return BookingIn(**given)  # type: ignore[arg-type]
