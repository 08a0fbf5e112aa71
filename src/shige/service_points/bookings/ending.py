"""End bookings: the one way in which each changes, and what stands in the way of closing (R13)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from shige.matters import clock
from shige.trust.commands import record
from shige.trust.gate import Viewer

from ..facts import BookingChanged
from ..models import Booking, ServicePoint

SHOWN = 3
"""So many of the bookings that stand in the way are named."""


def coming(point: int) -> QuerySet[Booking]:
    """Return the bookings of a point that are in force and not over, the next first."""
    rows = Booking.objects.filter(offer__point=point, state=Booking.State.BOOKED)
    return rows.filter(during__endswith__gt=clock.now()).select_related("offer").order_by("during")


def make_way(viewer: Viewer, point: ServicePoint, hit: Sequence[Booking], why: str, *, agreed: bool) -> None:
    """Cancel what is booked where it can no longer be, and say why to whoever booked.

    Raises
    ------
    ValidationError
        By ``cancel``: it is not ``agreed`` yet; the words tell what would be cancelled.
    """
    if hit and not agreed:
        named = "、".join(
            f"{localtime(one.during.lower):%m-%d %H:%M} {one.offer.name}" for one in hit[:SHOWN]
        )
        said = ngettext(
            "%(count)d booking lies in the way: %(named)s. Cancel it? Whoever booked reads why.",
            "%(count)d bookings lie in the way: %(named)s … Cancel them? Whoever booked reads why.",
            len(hit),
        )
        raise ValidationError({"cancel": said % {"count": len(hit), "named": named}})
    for one in hit:
        settle(viewer, point, one, Booking.State.CANCELLED, why=why)


def settle(
    viewer: Viewer, point: ServicePoint, booking: Booking, state: Booking.State, *, why: str = ""
) -> Booking:
    """Write what became of a booking, whose row is locked or new; the journal says so."""
    booking.state, booking.why = state, why
    if state != Booking.State.BOOKED:
        booking.sender = None
    booking.version += 1
    booking.save()
    fact = BookingChanged(
        offer=booking.offer_id, people=booking.people, state=state, by_office=viewer.person is not None
    )
    record(viewer, f"booking.{state.value}", "booking", booking.pk, booking.version, point.lineage, fact)
    return booking
