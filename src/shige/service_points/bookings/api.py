"""Bookings for programs of the office: how something is booked, what is booked, who came (R13)."""

from datetime import date, datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from shige.trust.asked_fields import filled, key_in, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.telephone_field import shown
from shige.trust.veil import veiled

from ..points.queries import point_kept
from . import commands
from .forms import GroupBookingForm, RulesForm, SpanForm, WhyForm
from .queries import Booked, as_booked, bookable, booked_at

router = Router(tags=["service points"], auth=STAFF_AUTH)


class BookedOut(Schema):
    """One booking; `tail` is the end of the code of whoever booked, `group` that of one of the office."""

    id: str
    offer: str
    begin: datetime
    end: datetime
    people: int
    purpose: str
    group: str
    tail: str
    state: str
    why: str
    phone_left: bool


class RulesIn(Schema, extra="forbid"):
    """How something is booked: for how many minutes, slots in a row, people, and days ahead."""

    slot_minutes: int
    most_slots: int = 1
    most_people: int | None = None
    ahead_days: int = 14


class UnbookIn(Schema, extra="forbid"):
    """Whether what is booked is cancelled with it; else it is refused."""

    cancel: bool = False


class GroupBookingIn(Schema, extra="forbid"):
    """A booking for a group; `begin` with its offset from UTC, as the free times say it."""

    begin: datetime
    slots: int | None = None
    people: int = 1
    purpose: str
    group_name: str


class WhyIn(Schema, extra="forbid"):
    """Why it is cancelled; whoever booked reads it."""

    why: str


class PhoneOut(Schema):
    """The telephone that was left; empty where none is kept. It is on record that it was opened."""

    telephone: str


class Span(Schema):
    """From which day, and for how many days (1 or 7); from today on where it is left out."""

    day: date | None = None
    days: int = Field(7, ge=1, le=7)


@router.get("/{veiled:pk}/bookings", response=list[BookedOut], url_name="service_point_bookings")
def listed(request: HttpRequest, pk: int, span: Annotated[Span, Query()]) -> list[dict[str, object]]:
    """List what is booked at a point, by time."""
    viewer = _keeping(request, pk)
    first, _count = SpanForm({"day": span.day} if span.day else {}).wanted()
    return [_told(one) for _day, some in booked_at(viewer, pk, first, span.days) for one in some]


@router.post("/{veiled:pk}/offers/{offer}/rules", response={204: None}, url_name="service_point_rules")
def rules(request: HttpRequest, pk: int, offer: str, given: RulesIn) -> Status[None]:
    """Let something on offer be booked."""
    viewer = _keeping(request, pk)
    form = filled(RulesForm(values_in(given)))
    commands.set_rules(viewer, pk, key_in("offer", offer), form.rules())
    return Status(204, None)


@router.post("/{veiled:pk}/offers/{offer}/rules/end", response={204: None}, url_name="service_point_unbook")
def unbook(request: HttpRequest, pk: int, offer: str, given: UnbookIn) -> Status[None]:
    """Let something be booked no longer."""
    viewer = _keeping(request, pk)
    commands.set_rules(viewer, pk, key_in("offer", offer), None, cancel=given.cancel)
    return Status(204, None)


@router.post("/{veiled:pk}/offers/{offer}/bookings", response={201: BookedOut}, url_name="service_point_book")
def book(request: HttpRequest, pk: int, offer: str, given: GroupBookingIn) -> Status[dict[str, object]]:
    """Book something for a group."""
    viewer, key = _keeping(request, pk), key_in("offer", offer)
    found = bookable(pk, key)
    if found is None:
        raise Http404
    form = filled(GroupBookingForm(found, values_in(given)))
    made = commands.book_for_group(viewer, pk, key, form.given(), form.cleaned_data["group_name"])
    return Status(201, _told(as_booked(made)))


@router.post("/{veiled:pk}/bookings/{booking}/came", response={204: None}, url_name="booking_came")
def came(request: HttpRequest, pk: int, booking: str) -> Status[None]:
    """Note that somebody has come."""
    commands.came(_keeping(request, pk), pk, key_in("booking", booking))
    return Status(204, None)


@router.post("/{veiled:pk}/bookings/{booking}/missed", response={204: None}, url_name="booking_missed")
def missed(request: HttpRequest, pk: int, booking: str) -> Status[None]:
    """Note that nobody has come: the time is free again."""
    commands.missed(_keeping(request, pk), pk, key_in("booking", booking))
    return Status(204, None)


@router.post("/{veiled:pk}/bookings/{booking}/cancel", response={204: None}, url_name="booking_cancel")
def cancel(request: HttpRequest, pk: int, booking: str, given: WhyIn) -> Status[None]:
    """Cancel a booking, with a reason."""
    viewer, form = _keeping(request, pk), filled(WhyForm(values_in(given)))
    commands.cancel(viewer, pk, key_in("booking", booking), form.cleaned_data["why"])
    return Status(204, None)


@router.post("/{veiled:pk}/bookings/{booking}/phone", response=PhoneOut, url_name="booking_phone")
def phone(request: HttpRequest, pk: int, booking: str) -> dict[str, str]:
    """Open the telephone of whoever booked, on record."""
    return {"telephone": shown(commands.open_phone(_keeping(request, pk), pk, key_in("booking", booking)))}


def _keeping(request: HttpRequest, pk: int) -> Viewer:
    """Return the caller; 404 where they keep no such point."""
    viewer = admitted(request, "service_point.edit")
    if point_kept(viewer, pk) is None:
        raise Http404
    return viewer


def _told(one: Booked) -> dict[str, object]:
    names = set(BookedOut.model_fields) - {"id"}
    return {"id": veiled("key", str(one.pk)), **{name: getattr(one, name) for name in names}}
