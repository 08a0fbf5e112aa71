"""The public end-points of service points: book, see and cancel by the code, propose a use; no account."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Header, Router, Schema, Status

from shige.service_points.bookings.commands import arrive, book, cancel_own, forget_own
from shige.service_points.bookings.forms import BookingForm
from shige.service_points.bookings.queries import Bookable, OwnBooking, bookable, own_booking
from shige.service_points.models import Proposal
from shige.service_points.points.cursors import read_cursor
from shige.service_points.points.queries import point_seen
from shige.service_points.proposals.commands import propose
from shige.service_points.proposals.forms import ProposalForm
from shige.service_points.proposals.queries import answered_at
from shige.trust.asked_fields import filled, values_in
from shige.trust.gate import PUBLIC

from ..answers import once
from ..lookups import found_by
from ..rates import address_of, count_request

router = Router(tags=["public"])
ACTS = {"cancel": cancel_own, "arrived": arrive, "forget": forget_own}


class SlotOut(Schema):
    """One time, and whether it is free."""

    begin: datetime
    end: datetime
    free: bool


class DayOut(Schema):
    """A day on which it is open; without slots `reason` says why not."""

    day: date
    slots: list[SlotOut]
    reason: str


class BookableOut(Schema):
    """Something that can be booked: `minutes` long, up to `most_slots` in a row, for `most_people`."""

    name: str
    note: str
    minutes: int
    most_slots: int
    most_people: int | None
    days: list[DayOut]


class BookingIn(Schema, extra="forbid"):
    """A booking; `begin` is that of a free slot."""

    begin: datetime
    slots: int | None = None
    people: int = 1
    purpose: str
    phone: str | None = None


class BookingOut(Schema):
    """The receipt; the code is the only key to the booking."""

    code: str


class ProposalIn(Schema, extra="forbid"):
    """A use for idle space; everybody reads the words with the answer."""

    words: str
    phone: str | None = None


class AnsweredOut(Schema):
    """An answered proposal: `adopted` or `declined`, and what becomes of it or why not."""

    words: str
    state: str
    answer: str
    answered_at: datetime


class LookOut(Schema):
    """Who opened the telephone, when and why."""

    when: datetime
    who: str
    why: str


class OwnBookingOut(Schema):
    """A booking for whoever holds its code; `why` is why the office cancelled it."""

    point_name: str
    place: str
    offer: str
    begin: datetime
    end: datetime
    people: int
    purpose: str
    state: str
    why: str
    phone_left: bool
    looks: list[LookOut]


@router.get(
    "/service-points/{point}/offers/{offer}", response=BookableOut, auth=None, url_name="public_bookable"
)
def free_times(request: HttpRequest, point: str, offer: str) -> Bookable:
    """Return the times of the days ahead: free or taken, never by whom."""
    return _bookable(point, offer)


@router.post(
    "/service-points/{point}/offers/{offer}/bookings",
    response={201: BookingOut},
    auth=None,
    url_name="public_book",
)
def book_it(
    request: HttpRequest,
    point: str,
    offer: str,
    given: BookingIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)] = None,
) -> Status[dict[str, str]]:
    """Book a free time. The same `Idempotency-Key` with the same content books once."""
    found, address = _bookable(point, offer), address_of(request)
    count_request("address", address)
    form = filled(BookingForm(found, values_in(given)))
    key = f"api {address} {idempotency_key}" if idempotency_key else ""
    with once(address, idempotency_key, given.model_dump_json()):
        code = book(PUBLIC, found.pk, form.given(), key, address)
    return Status(201, {"code": code})


@router.get("/bookings/{code}", response=OwnBookingOut, auth=None, url_name="public_booking")
def one(request: HttpRequest, code: str) -> dict[str, object]:
    """Return a booking."""
    return _told(_own(request, code))


@router.post("/bookings/{code}/{act}", response=OwnBookingOut, auth=None, url_name="public_booking_act")
def act(request: HttpRequest, code: str, act: str) -> dict[str, object]:
    """Cancel a booking (`cancel`), say that one is there (`arrived`), delete what was said (`forget`)."""
    _own(request, code)
    if act not in ACTS:
        raise Http404
    count_request("address", address_of(request))
    try:
        ACTS[act](PUBLIC, code)
    except PermissionDenied as error:
        raise Http404 from error
    return _told(_own(request, code))


@router.get(
    "/service-points/{point}/proposals", response=list[AnsweredOut], auth=None, url_name="public_proposals"
)
def proposals(request: HttpRequest, point: str) -> Sequence[Proposal]:
    """Return what was proposed for a point in use and answered."""
    if point_seen(read_cursor(point)) is None:
        raise Http404
    return answered_at(read_cursor(point))


@router.post("/service-points/{point}/proposals", response={204: None}, auth=None, url_name="public_propose")
def propose_use(
    request: HttpRequest,
    point: str,
    given: ProposalIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)] = None,
) -> Status[None]:
    """Propose a use for idle space. The same `Idempotency-Key` with the same content proposes once."""
    address, said = address_of(request), filled(ProposalForm(values_in(given))).cleaned_data
    count_request("address", address)
    key = f"api {address} {idempotency_key}" if idempotency_key else ""
    with once(address, idempotency_key, given.model_dump_json()):
        try:
            propose(PUBLIC, read_cursor(point), said["words"], said["phone"], key, address)
        except PermissionDenied as error:
            raise Http404 from error
    return Status(204, None)


def _bookable(point: str, offer: str) -> Bookable:
    found = bookable(read_cursor(point), read_cursor(offer))
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, code: str) -> OwnBooking:
    found = found_by(request, lambda: own_booking(code))
    if found is None:
        raise Http404
    return found


def _told(found: OwnBooking) -> dict[str, object]:
    names = set(OwnBookingOut.model_fields) - {"looks"}
    return {"looks": found.looks, **{name: getattr(found.booked, name) for name in names}}
