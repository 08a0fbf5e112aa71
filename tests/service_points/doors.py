"""What the walk through every address needs to know of pages of service points with arguments."""

from datetime import time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from shige.service_points.models import Booking, Closure, Offer, OpenHours, PointPhoto, Proposal, ServicePoint
from tests.places import Town
from tests.project.door import Arguments, Door


def point_in(town: Town, **more: object) -> Arguments:
    """Open a point in the community of the chief, as its row alone."""
    grid = town.areas["micro one"]
    made = ServicePoint.objects.create(
        kind="station", name="玉兰驿站", place="玉兰路", lon=104.0, lat=30.0, access="step_free",
        district_id=grid.district_id, street_id=grid.street_id, community_id=grid.community_id,
    )  # fmt: skip
    return {"pk": made.pk, **more}


def closed_in(town: Town) -> Arguments:
    """Let a point be closed tomorrow."""
    found, day = point_in(town), timezone.localdate() + timedelta(days=1)
    days = DateRange(day, day + timedelta(days=1))
    return found | {"closure": Closure.objects.create(point_id=found["pk"], days=days, reason="装修").pk}


def photographed_in(town: Town) -> Arguments:
    """Let a point have a photo."""
    found = point_in(town)
    PointPhoto.objects.create(point_id=found["pk"], file="0" * 32, alt="门口", width=4, height=3)
    return found


def proposed_in(town: Town) -> Arguments:
    """Let somebody have proposed a use for idle space."""
    found = point_in(town)
    ServicePoint.objects.filter(pk=found["pk"]).update(kind="idle")
    made = Proposal.objects.create(point_id=found["pk"], words="改成小书屋", proposed_at=timezone.now())
    return found | {"proposal": made.pk}


def idle_in(town: Town) -> Arguments:
    """Open idle space."""
    return {"pk": proposed_in(town)["pk"]}


def offering_in(town: Town) -> Arguments:
    """Let a point offer something."""
    found = point_in(town)
    return found | {"offer": Offer.objects.create(point_id=found["pk"], name="饮水").pk}


def bookable_in(town: Town) -> Arguments:
    """Let a point be open day and night, with a room that can be booked."""
    found = offering_in(town)
    Offer.objects.filter(pk=found["offer"]).update(slot_minutes=60)
    for weekday in range(1, 8):
        OpenHours.objects.create(point_id=found["pk"], weekday=weekday, opens=time(0), closes=time(23, 59))
    return found


def booked_in(town: Town) -> Arguments:
    """Let somebody have booked the hour that is now."""
    found, now = bookable_in(town), timezone.now()
    made = Booking.objects.create(
        offer_id=found["offer"], during=DateTimeTZRange(now, now + timedelta(hours=1)), people=2,
        booked_at=now,
    )  # fmt: skip
    return {"pk": found["pk"], "booking": made.pk}


DOORS: dict[str, Door] = {
    "service_points:point": point_in,
    "service_points:change": point_in,
    "service_points:hours": point_in,
    "service_points:close": point_in,
    "service_points:reopen": closed_in,
    "service_points:offer": point_in,
    "service_points:withdraw": offering_in,
    "service_points:photo": point_in,
    "service_points:proposal_answer": proposed_in,
    "service_points:proposal_phone": proposed_in,
    "service_points:photo_remove": photographed_in,
    "service_points:end": point_in,
    "service_points:rules": offering_in,
    "service_points:unbook": bookable_in,
    "service_points:book": bookable_in,
    "service_points:bookings": point_in,
    "service_points:booking_came": booked_in,
    "service_points:booking_missed": booked_in,
    "service_points:booking_cancel": booked_in,
    "service_points:booking_phone": booked_in,
}
