"""Book, cancel, say who came; release what nobody came for, and forget what was said (R13, P6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.matters import clock
from shige.matters.codes import code_digest, form_digest, plain, tracking_code
from shige.matters.handling.commands.contact import roles_of
from shige.trust.commands import erase, forget, reveal, seal
from shige.trust.commands.vault import blind_index, handles_of
from shige.trust.erasures import digest_of, note_erasures
from shige.trust.form_text import filled, for_everybody
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import telephone

from ..facts import OfferBookable
from ..models import Booking, Offer, ServicePoint
from ..points.commands import REASON_LIMIT, kept_point, saved
from ..points.queries import days_of, read_points
from .ending import coming, make_way, settle
from .queries import EARLY, slots_on
from .times import Slot, in_a_row

PURPOSE_LIMIT, GROUP_LIMIT = 80, 40
SHORTEST, LONGEST, MOST_SLOTS, MOST_AHEAD = 10, 480, 12, 90
PHONE: Final = "booking.phone"
ERASED: Final = "booking"
"""The kind of a booking that was taken back, on the list of what was deleted."""

LOCK: Final = 0xB00C
"""Key of the advisory lock under which open bookings are counted."""

BY_ADDRESS: Final = 4
"""Behind one address may be a whole house: it holds so many times what one telephone may."""

AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """How something is booked: the length of a slot, how many in a row, for how many, how far ahead."""

    slot_minutes: int
    most_slots: int = 1
    most_people: int | None = None
    ahead_days: int = 14


@dataclass(frozen=True, slots=True)
class BookingIn:
    """What whoever books says."""

    begin: datetime
    purpose: str
    slots: int = 1
    people: int = 1
    phone: str = ""


@transaction.atomic
def set_rules(
    viewer: Viewer, pk: int, offer: int, rules: Rules | None, *, cancel: bool = False
) -> ServicePoint:
    """Let something on offer be booked, or (None) no longer; then what is booked is cancelled, once asked.

    Raises
    ------
    ValidationError
        By field: a number is out of bounds; or ``cancel`` is not said and something is booked.
    """
    point = kept_point(viewer, pk)
    held = point.offers.filter(pk=offer, ended_on=None).first()
    if held is None:
        raise PermissionDenied("no such offer here")
    if rules is None:
        hit = [one for one in coming(pk) if one.offer_id == offer]
        make_way(viewer, point, hit, _("This can no longer be booked."), agreed=cancel)
        held.slot_minutes = None
    else:
        _check_rules(rules)
        held.slot_minutes, held.most_slots = rules.slot_minutes, rules.most_slots
        held.most_people, held.ahead_days = rules.most_people, rules.ahead_days
    held.save()
    fact = OfferBookable(offer=offer, slot_minutes=held.slot_minutes)
    return saved(viewer, point, "service_point.bookable", fact)


def _check_rules(rules: Rules) -> None:
    bounds = {
        "slot_minutes": (rules.slot_minutes, SHORTEST, LONGEST),
        "most_slots": (rules.most_slots, 1, MOST_SLOTS),
        "ahead_days": (rules.ahead_days, 1, MOST_AHEAD),
        "most_people": (rules.most_people or 1, 1, 30_000),
    }
    wrong = {
        name: _("From %(least)d to %(most)d.") % {"least": least, "most": most}
        for name, (value, least, most) in bounds.items()
        if not least <= value <= most
    }
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def book(viewer: Viewer, offer: int, given: BookingIn, key: str = "", address: str = "") -> str:
    """Book something without an account and return the code of the booking.

    The same form (``key``) sent twice books once. ``address`` is that of the sender.

    Raises
    ------
    ValidationError
        By field: what does not fit; ``begin``: it is closed then, taken, past, or too far ahead; or too
        many bookings of this telephone or address are open.
    """
    code = booking_code(key, offer)
    if Booking.objects.filter(code_digest=code_digest(code)).exists():
        return code
    point, made = _booked(offer, given)
    phone = telephone(given.phone)
    made.sender = blind_index("booking.sender", address) if address else None
    _refuse_many(phone, made.sender)
    made.phone_handle = seal(PHONE, phone) if phone else None
    made.code_digest, made.tail = code_digest(code), plain(code)[-4:]
    settle(viewer, point, made, Booking.State.BOOKED)
    return code


@transaction.atomic
def book_for_group(viewer: Viewer, pk: int, offer: int, given: BookingIn, group: str) -> Booking:
    """Book something at the office for a group that asked there; errors as with ``book``."""
    point = kept_point(viewer, pk)
    group = filled("group_name", for_everybody("group_name", group, limit=GROUP_LIMIT), GROUP_LIMIT)
    if not point.offers.filter(pk=offer).exists():
        raise PermissionDenied("no such offer here")
    _point, made = _booked(offer, given)
    made.group = group
    return settle(viewer, point, made, Booking.State.BOOKED)


def booking_code(key: str, offer: int) -> str:
    """Return the code of a booking; the same form has the same one."""
    return tracking_code(form_digest(key, "booking", str(offer)) if key else None)


def _booked(offer: int, given: BookingIn) -> tuple[ServicePoint, Booking]:
    """Return a booking that can be made, not yet saved, and its point, whose row is locked."""
    point = ServicePoint.objects.select_for_update().filter(offers=offer, ended_on=None).first()
    held = Offer.objects.filter(pk=offer, ended_on=None, slot_minutes__isnull=False).first()
    if point is None or held is None:
        raise ValidationError(_("This can no longer be booked."))
    most = held.most_people or point.capacity
    if given.people < 1 or (most and given.people > most):
        said = _("At most %(count)d people.") % {"count": most} if most else _("At least one.")
        raise ValidationError({"people": said})
    purpose = filled("purpose", given.purpose, PURPOSE_LIMIT)
    row = _free(point, held, given)
    during = DateTimeTZRange(row[0].begin, row[-1].end)
    return point, Booking(
        offer=held, during=during, people=given.people, purpose=purpose, booked_at=clock.now()
    )


def _free(point: ServicePoint, offer: Offer, given: BookingIn) -> list[Slot]:
    """Return the slots that are asked for; ValidationError where they cannot be had."""
    day = localdate(given.begin)
    if not localdate(clock.now()) <= day < localdate(clock.now()) + timedelta(days=offer.ahead_days):
        said = _("It can be booked for today and the days after, up to %(count)d days ahead.")
        raise ValidationError({"begin": said % {"count": offer.ahead_days}})
    if not 1 <= given.slots <= offer.most_slots:
        raise ValidationError({"slots": _("At most %(count)d in a row.") % {"count": offer.most_slots}})
    days = days_of(read_points(ServicePoint.objects.filter(pk=point.pk)).get())
    row = in_a_row(slots_on(offer, days, day), given.begin, given.slots)
    if len(row) < given.slots:
        reason = days.on(day)[1]
        said = _("It is closed then. Please choose another time.")
        raise ValidationError({"begin": f"{said} {reason}".strip()})
    if not all(slot.free for slot in row):
        raise ValidationError({"begin": _("This time has just been taken. Please choose another one.")})
    return row


def _refuse_many(phone: str, sender: bytes | None) -> None:
    """Refuse a booking from an address, or of a telephone, of which enough are open.

    A telephone is counted at its address only: elsewhere that would tell of its owner, and shut them out.
    """
    if sender is None:
        return
    with connection.cursor() as cursor:  # two at once are counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    most = profile().bookings.open_at_once
    held = Booking.objects.filter(sender=sender, state=Booking.State.BOOKED)
    held = held.filter(during__endswith__gt=clock.now())
    by_phone = held.filter(phone_handle__in=handles_of(PHONE, phone)).count() if phone else 0
    if by_phone >= most or held.count() >= most * BY_ADDRESS:
        said = _(
            "From this telephone or connection enough is booked already. Please cancel one that you do not "
            "need, or call the service point."
        )
        raise ValidationError(said)


@transaction.atomic
def cancel_own(viewer: Viewer, code: str) -> None:
    """Take a booking back by its code: the time is free again, and what was said is forgotten.

    Raises
    ------
    PermissionDenied
        Nothing was booked by this code.
    ValidationError
        It is over, or ended already.
    """
    booking, point = _by_code(code)
    if booking.state != Booking.State.BOOKED or booking.during.upper <= clock.now():
        raise ValidationError(_("This booking has ended already."))
    settle(viewer, point, booking, Booking.State.CANCELLED)
    note_erasures(ERASED, [_listed(booking)])
    _forget(viewer, booking, point, wanted=True)


@transaction.atomic
def forget_own(viewer: Viewer, code: str) -> None:
    """Delete what was said with a booking that is over; errors as with ``cancel_own``."""
    booking, point = _by_code(code)
    if booking.state == Booking.State.BOOKED and booking.during.upper > clock.now():
        raise ValidationError(_("Please cancel the booking: then everything is forgotten."))
    _forget(viewer, booking, point, wanted=True)


@transaction.atomic
def arrive(viewer: Viewer, code: str) -> None:
    """Say by the code that one has come; errors as with ``cancel_own``, and where it is too early."""
    booking, point = _by_code(code)
    _come(viewer, booking, point)


@transaction.atomic
def came(viewer: Viewer, pk: int, booking: int) -> None:
    """Note at the office that somebody has come, also late as long as the time is free."""
    point = kept_point(viewer, pk)
    _come(viewer, _of(point, booking), point)


@transaction.atomic
def missed(viewer: Viewer, pk: int, booking: int) -> None:
    """Note at the office that nobody has come: the time is free again.

    Raises
    ------
    ValidationError
        It has not begun, or ended otherwise.
    """
    point = kept_point(viewer, pk)
    held = _of(point, booking)
    if held.state != Booking.State.BOOKED or held.during.lower > clock.now():
        raise ValidationError(_("This booking has ended already, or has not begun."))
    settle(viewer, point, held, Booking.State.MISSED)


@transaction.atomic
def cancel(viewer: Viewer, pk: int, booking: int, why: str) -> None:
    """Cancel a booking at the office; whoever booked reads why.

    Raises
    ------
    ValidationError
        No reason is given, or the booking has ended.
    """
    point = kept_point(viewer, pk)
    held = _of(point, booking)
    why = filled("why", for_everybody("why", why, limit=REASON_LIMIT), REASON_LIMIT)
    if held.state != Booking.State.BOOKED:
        raise ValidationError(_("This booking has ended already."))
    settle(viewer, point, held, Booking.State.CANCELLED, why=why)


def open_phone(viewer: Viewer, pk: int, booking: int) -> str:
    """Open the telephone of whoever booked, on record; empty where none is kept (P7)."""
    with transaction.atomic():
        point = kept_point(viewer, pk)
        handle = _of(point, booking).phone_handle
    if handle is None:
        return ""
    with override(profile().language):
        why = _("to reach whoever booked")
    opened = reveal(viewer, [handle], why, role=roles_of(viewer), lineage=point.lineage)
    return opened.get(handle, "")


def release_missed(viewer: Viewer) -> int:
    """Release what nobody came for within the grace of the profile; return how many."""
    if not viewer.system:
        raise PermissionDenied("only the program itself releases bookings")
    late = clock.now() - timedelta(minutes=profile().bookings.grace_minutes)
    due = Booking.objects.filter(state=Booking.State.BOOKED, during__startswith__lt=late, booked_at__lt=late)
    return sum(_release(viewer, pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _release(viewer: Viewer, pk: int) -> bool:
    booking = _locked(Q(pk=pk))
    if booking is None or booking.state != Booking.State.BOOKED:
        return False
    settle(viewer, booking.offer.point, booking, Booking.State.MISSED)
    return True


@transaction.atomic
def forget_past(viewer: Viewer, now: datetime) -> int:
    """Delete what was said with bookings that are over for the days of the profile; return how many (P6)."""
    if not viewer.system:
        raise PermissionDenied("only the program itself forgets bookings")
    said = ~Q(purpose="") | ~Q(group="") | Q(phone_handle__isnull=False) | Q(sender__isnull=False)
    over = now - timedelta(days=profile().bookings.keep_days)
    rows = Booking.objects.select_for_update(of=("self",)).select_related("offer__point")
    past = list(rows.filter(said, during__endswith__lt=over).order_by("pk")[:AT_ONCE])
    for booking in past:
        _forget(viewer, booking, booking.offer.point)
    return len(past)


def erase_again(viewer: Viewer, digests: Collection[str]) -> int:
    """Take back, after a restore, the bookings that had been taken back since the backup; return how many."""
    rows = Booking.objects.exclude(code_digest=None).select_related("offer__point")
    found = [one for one in rows if digest_of(ERASED, _listed(one)) in digests]
    for one in found:
        if one.state == Booking.State.BOOKED:
            settle(viewer, one.offer.point, one, Booking.State.CANCELLED)
        _forget(viewer, one, one.offer.point)
    return len(found)


def _listed(booking: Booking) -> str:
    """Return the name of a booking on the list: the hash of a code that nobody can guess."""
    return bytes(booking.code_digest or b"").hex()


def _forget(viewer: Viewer, booking: Booking, point: ServicePoint, *, wanted: bool = False) -> None:
    """Delete what was said with a booking; ``wanted``: once restored, a backup lacks it too."""
    if booking.phone_handle:
        (erase if wanted else forget)(viewer, [booking.phone_handle], point.lineage)
    booking.purpose, booking.group, booking.phone_handle, booking.sender = "", "", None, None
    booking.save()


def _come(viewer: Viewer, booking: Booking, point: ServicePoint) -> None:
    begin, end = booking.during.lower, booking.during.upper
    if booking.state not in (Booking.State.BOOKED, Booking.State.MISSED):
        raise ValidationError(_("This booking has ended already."))
    if not begin - EARLY <= clock.now():
        raise ValidationError(_("It is too early: please say so when you are there."))
    others = Booking.objects.filter(
        offer=booking.offer_id, state__in=Booking.IN_FORCE, during__overlap=DateTimeTZRange(begin, end)
    )
    if others.exclude(pk=booking.pk).exists():
        raise ValidationError(_("Nobody had come, and the time was given to somebody else."))
    settle(viewer, point, booking, Booking.State.CAME)


def _of(point: ServicePoint, booking: int) -> Booking:
    found = _locked(Q(pk=booking, offer__point=point))
    if found is None:
        raise PermissionDenied("no such booking here")
    return found


def _by_code(code: str) -> tuple[Booking, ServicePoint]:
    """Return the booking of a code and its point, both locked: the point first, as whoever books does."""
    digest = code_digest(code)
    point = ServicePoint.objects.select_for_update().filter(offers__bookings__code_digest=digest).first()
    found = _locked(Q(code_digest=digest))
    if found is None or point is None:
        raise PermissionDenied("unknown code")
    return found, point


def _locked(which: Q) -> Booking | None:
    rows = Booking.objects.select_for_update(of=("self",)).select_related("offer__point")
    return rows.filter(which).first()
