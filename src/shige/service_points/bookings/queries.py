"""What can be booked and when, what is booked for the office, and one booking for whoever holds its code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import pgettext_lazy

from shige.matters import clock
from shige.matters.codes import code_digest
from shige.matters.visibility.queries.record import roles_in_words
from shige.trust.gate import Viewer, visible
from shige.trust.models import VaultReading

from ..models import Booking, Offer, ServicePoint
from ..opening import Days
from ..points.queries import days_of, read_points
from .times import Slot, slots_of

STATES: Final[dict[str, Promise]] = {
    Booking.State.BOOKED: pgettext_lazy("booking", "booked"),
    Booking.State.CAME: pgettext_lazy("booking", "came"),
    Booking.State.MISSED: pgettext_lazy("booking", "did not come"),
    Booking.State.CANCELLED: pgettext_lazy("booking", "cancelled"),
}
EARLY: Final = timedelta(minutes=30)
"""From so long before the beginning somebody can have come."""


@dataclass(frozen=True, slots=True)
class Bookable:
    """Something that can be booked: at which point, how long, how many slots in a row, for how many."""

    pk: int
    name: str
    note: str
    point: int
    point_name: str
    place: str
    minutes: int
    most_slots: int
    most_people: int | None
    days: tuple["Day", ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which it is open: how many times are free, or why there are none."""

    day: date
    slots: tuple[Slot, ...]
    reason: str = ""

    @property
    def free(self) -> int:
        """How many times can still be booked."""
        return sum(slot.free for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Look:
    """Who opened the telephone of a booking, when and why."""

    when: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One booking; the telephone is not told, only whether one was left."""

    pk: int
    point: int
    point_name: str
    place: str
    lon: float
    lat: float
    offer: str
    begin: datetime
    end: datetime
    people: int
    purpose: str
    group: str
    tail: str
    state: str
    state_label: str
    why: str
    phone_left: bool
    open: bool
    may_come: bool
    may_miss: bool


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """A booking for whoever holds its code, with who has opened the telephone."""

    booked: Booked
    telephone: str
    looks: tuple[Look, ...]
    something_kept: bool


def bookable(point: int, offer: int) -> Bookable | None:
    """Return something that can be booked, with the days ahead; four statements."""
    found = Offer.objects.filter(
        pk=offer, point=point, ended_on=None, slot_minutes__isnull=False, point__ended_on=None
    )
    row = found.first()
    if row is None or row.slot_minutes is None:
        return None
    place = read_points(ServicePoint.objects.filter(pk=point)).get()
    today = localdate(clock.now())
    ahead = [today + timedelta(days=count) for count in range(row.ahead_days)]
    days, taken = days_of(place), _taken(row.pk, ahead[0], ahead[-1])
    return Bookable(
        pk=row.pk,
        name=row.name,
        note=row.note,
        point=point,
        point_name=place.name,
        place=place.place,
        minutes=row.slot_minutes,
        most_slots=row.most_slots,
        most_people=row.most_people or place.capacity,
        days=tuple(_day(row, days, day, taken) for day in ahead),
    )


def slots_on(offer: Offer, days: Days, day: date) -> list[Slot]:
    """Return the times of a day of something that can be booked."""
    minutes = offer.slot_minutes or 0
    return slots_of(days, day, minutes, _taken(offer.pk, day, day), clock.now()) if minutes else []


def booked_at(viewer: Viewer, point: int, first: date, count: int) -> list[tuple[date, list[Booked]]]:
    """Return what is booked at a point that ``viewer`` keeps, by day, on so many days from the first."""
    kept = ServicePoint.objects.filter(visible(viewer, "service_point.edit"), pk=point)
    begin, end = _midnight(first), _midnight(first + timedelta(days=count))
    rows = Booking.objects.filter(offer__point__in=kept, during__overlap=DateTimeTZRange(begin, end))
    found = [as_booked(row) for row in rows.select_related("offer__point").order_by("during", "pk")]
    return [(day, list(some)) for day, some in groupby(found, lambda one: localdate(one.begin))]


def own_booking(code: str) -> OwnBooking | None:
    """Return the booking of a code; nothing for an unknown one."""
    row = Booking.objects.filter(code_digest=code_digest(code)).select_related("offer__point").first()
    if row is None:
        return None
    return OwnBooking(
        booked=as_booked(row),
        telephone=row.offer.point.telephone,
        looks=tuple(_looks(row.phone_handle)),
        something_kept=bool(row.purpose or row.phone_handle),
    )


def bookings_on(codes: Iterable[str]) -> list[tuple[str, Booked]]:
    """Return the bookings among codes that a device has saved, the newest first; one statement."""
    by_digest = {code_digest(code): code for code in codes}
    rows = Booking.objects.filter(code_digest__in=list(by_digest)).select_related("offer__point")
    return [(by_digest[bytes(row.code_digest or b"")], as_booked(row)) for row in rows.order_by("-during")]


def _looks(handle: UUID | None) -> list[Look]:
    rows = (
        VaultReading.objects.filter(handle=handle).order_by("-pk") if handle else VaultReading.objects.none()
    )
    return [Look(row.at, roles_in_words(row.role), row.reason) for row in rows]


def _taken(offer: int, first: date, last: date) -> Collection[tuple[datetime, datetime]]:
    span = DateTimeTZRange(_midnight(first), _midnight(last + timedelta(days=1)))
    rows = Booking.objects.filter(offer=offer, state__in=Booking.IN_FORCE, during__overlap=span)
    return [(during.lower, during.upper) for during in rows.values_list("during", flat=True)]


def _midnight(day: date) -> datetime:
    return localtime(clock.now()).replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )


def _day(offer: Offer, days: Days, day: date, taken: Collection[tuple[datetime, datetime]]) -> Day:
    slots = slots_of(days, day, offer.slot_minutes or 0, taken, clock.now())
    return Day(day, tuple(slots), days.on(day)[1])


def as_booked(row: Booking) -> Booked:
    """Return a booking, its offer and point loaded, as pages show it."""
    begin, end, now = localtime(row.during.lower), localtime(row.during.upper), clock.now()
    is_open, point = row.state == Booking.State.BOOKED, row.offer.point
    return Booked(
        pk=row.pk,
        point=point.pk,
        point_name=point.name,
        place=point.place,
        lon=point.lon,
        lat=point.lat,
        offer=row.offer.name,
        begin=begin,
        end=end,
        people=row.people,
        purpose=row.purpose,
        group=row.group,
        tail=row.tail,
        state=row.state,
        state_label=str(STATES[row.state]),
        why=row.why,
        phone_left=row.phone_handle is not None,
        open=is_open and end > now,
        may_come=(is_open or row.state == Booking.State.MISSED) and begin - EARLY <= now,
        may_miss=is_open and begin <= now,
    )
