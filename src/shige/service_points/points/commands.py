"""Keep service points: add, change, set hours, close for days, end (R13)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from shige.territory.models import Building
from shige.territory.places.location import Located, locate
from shige.trust.commands import record
from shige.trust.form_text import filled, for_everybody
from shige.trust.gate import Viewer, may, require
from shige.trust.journal_facts import Fact
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.queries import in_reach, today
from shige.trust.telephone_field import telephone

from ..bookings.ending import coming, make_way
from ..facts import ServicePointChanged
from ..hours import MIDNIGHT
from ..models import Booking, Closure, Offer, OpenHours, ServicePoint
from ..opening import Week

NAME_LIMIT, PLACE_LIMIT, ABOUT_LIMIT, OFFER_LIMIT, NOTE_LIMIT, REASON_LIMIT = 80, 160, 300, 40, 120, 80
MOST_OFFERS: Final = 40
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class PointIn:
    """What is written about a point: a building or a place (WGS-84 degrees) says where it is.

    ``place`` is what people call it; empty for the address that is found there.
    """

    kind: str
    name: str
    access: str
    lon: float | None = None
    lat: float | None = None
    building: int | None = None
    place: str = ""
    capacity: int | None = None
    keeps_holidays: bool = True
    about: str = ""
    telephone: str = ""
    keeper: int | None = None


@transaction.atomic
def add_point(viewer: Viewer, given: PointIn) -> ServicePoint:
    """Open a service point.

    Raises
    ------
    ValidationError
        By field: what is missing or does not fit; the place (``point``) lies outside every grid or outside
        the area of ``viewer``.
    """
    point = ServicePoint(version=0)
    _write(viewer, point, given)
    return saved(viewer, point, "service_point.added")


@transaction.atomic
def change_point(viewer: Viewer, pk: int, given: PointIn) -> ServicePoint:
    """Change what is said of a point. Errors as with ``add_point``."""
    point = kept_point(viewer, pk)
    _write(viewer, point, given)
    return saved(viewer, point, "service_point.changed")


@transaction.atomic
def set_hours(viewer: Viewer, pk: int, week: Week, *, cancel: bool = False) -> ServicePoint:
    """Set the hours of a week in place of those before.

    Raises
    ------
    ValidationError
        By ``cancel``: it is not said, and something is booked outside these hours.
    """
    point = kept_point(viewer, pk)
    hit = [one for one in coming(pk) if not _open_for(week, one)]
    make_way(viewer, point, hit, _("The opening hours have changed."), agreed=cancel)
    point.hours.all().delete()
    OpenHours.objects.bulk_create(
        OpenHours(point=point, weekday=weekday, opens=opens, closes=closes)
        for weekday, spans in enumerate(week, 1)
        for opens, closes in spans
    )
    return saved(viewer, point, "service_point.hours_set")


@transaction.atomic
def close_for(
    viewer: Viewer, pk: int, first: date, last: date, reason: str, *, cancel: bool = False
) -> Closure:
    """Close a point for some days; everybody reads why. With ``cancel`` what is booked then is cancelled.

    Raises
    ------
    ValidationError
        The last day is before the first, has passed, or lies more than a year ahead; no reason is given; or
        it is closed on one of these days already; or something is booked then and ``cancel`` is not said.
    """
    point = kept_point(viewer, pk)
    said = filled(
        "reason", for_everybody("reason", reason, limit=REASON_LIMIT), REASON_LIMIT, keep_numbers=True
    )
    if last < first:
        raise ValidationError({"last": _("The last day is before the first.")})
    if last < today() or last > today() + LONGEST:
        raise ValidationError({"last": _("Please choose a day from today on and within a year.")})
    days = DateRange(first, last + timedelta(days=1))
    if point.closures.filter(days__overlap=days).exists():
        raise ValidationError({"first": _("It is closed on one of these days already.")})
    hit = [one for one in coming(pk) if first <= localdate(one.during.lower) <= last]
    make_way(viewer, point, hit, said, agreed=cancel)
    closure = Closure.objects.create(point=point, days=days, reason=said)
    saved(viewer, point, "service_point.closed_for_days")
    return closure


@transaction.atomic
def open_again(viewer: Viewer, pk: int, closure: int) -> ServicePoint:
    """Take days back on which a point was to be closed."""
    point = kept_point(viewer, pk)
    if not point.closures.filter(pk=closure).delete()[0]:
        raise PermissionDenied("no such closure here")
    return saved(viewer, point, "service_point.opened_again")


@transaction.atomic
def add_offer(viewer: Viewer, pk: int, name: str, note: str = "") -> Offer:
    """Put something on offer at a point.

    Raises
    ------
    ValidationError
        No name is given, it is on offer there already, or a mobile number stands in the words.
    """
    point = kept_point(viewer, pk)
    name = filled("name", for_everybody("name", name, limit=OFFER_LIMIT), OFFER_LIMIT, keep_numbers=True)
    note = for_everybody("note", note, limit=NOTE_LIMIT)
    standing = point.offers.filter(ended_on=None)
    if standing.filter(name=name).exists():
        raise ValidationError({"name": _("This is on offer here already.")})
    if standing.count() >= MOST_OFFERS:
        raise ValidationError({"name": _("At most %(count)d offers at one point.") % {"count": MOST_OFFERS}})
    offer = Offer.objects.create(point=point, name=name, note=note)
    saved(viewer, point, "service_point.offer_added")
    return offer


@transaction.atomic
def end_offer(viewer: Viewer, pk: int, offer: int, *, cancel: bool = False) -> ServicePoint:
    """Take something off that was on offer. ValidationError as with ``set_hours`` where it is booked."""
    point = kept_point(viewer, pk)
    hit = [one for one in coming(pk) if one.offer_id == offer]
    make_way(viewer, point, hit, _("This is no longer on offer."), agreed=cancel)
    if not point.offers.filter(pk=offer, ended_on=None).update(ended_on=today()):
        raise PermissionDenied("no such offer here")
    return saved(viewer, point, "service_point.offer_ended")


@transaction.atomic
def end_point(viewer: Viewer, pk: int, *, cancel: bool = False) -> ServicePoint:
    """Take a point that is gone off the map. ValidationError as with ``set_hours`` where it is booked."""
    point = kept_point(viewer, pk)
    make_way(viewer, point, list(coming(pk)), _("This service point is no longer there."), agreed=cancel)
    point.ended_on = today()
    return saved(viewer, point, "service_point.ended")


def kept_point(viewer: Viewer, pk: int) -> ServicePoint:
    """Return a point in use that ``viewer`` keeps, its row locked; PermissionDenied where there is none."""
    point = ServicePoint.objects.select_for_update().filter(pk=pk, ended_on=None).first()
    if point is None:
        raise PermissionDenied("no such point here")
    require(viewer, "service_point.edit", point.lineage)
    return point


def _open_for(week: Week, booking: Booking) -> bool:
    """Say whether it is open in such a week for as long as something is booked."""
    begin, end = localtime(booking.during.lower), localtime(booking.during.upper)
    last = end.time() if end.date() == begin.date() else MIDNIGHT
    return any(opens <= begin.time() and last <= closes for opens, closes in week[begin.weekday()])


def _write(viewer: Viewer, point: ServicePoint, given: PointIn) -> None:
    require(viewer, "service_point.edit")
    wrong: dict[str, str] = {}
    at = _place(given)
    found = locate(*at, given.building) if at else None
    if found is None:
        wrong["point"] = _("This place lies outside every grid.") if at else _("Please say where it is.")
    elif not may(viewer, "service_point.edit", found.lineage):
        wrong["point"] = _("This place is not in your area.")
    if given.kind not in {kind.code for kind in profile().service_points}:
        wrong["kind"] = _("Please choose a kind.")
    if given.access not in ServicePoint.Access.values:
        wrong["access"] = _("Please say whether one gets in without steps.")
    if given.keeper and given.keeper != point.keeper_id and not _keeps(viewer, given.keeper):
        wrong["keeper"] = _("This post does not serve here.")
    if wrong or at is None or found is None:
        raise ValidationError(wrong)
    line = found.lineage
    point.district_id, point.street_id, point.community_id = line.district, line.street, line.community
    point.kind, point.access, point.capacity = given.kind, given.access, given.capacity
    point.keeps_holidays = given.keeps_holidays
    point.name = filled("name", given.name, limit=NAME_LIMIT)
    point.place = _called(point, given, found)
    point.about = for_everybody("about", given.about, limit=ABOUT_LIMIT)
    point.telephone = telephone(given.telephone, "telephone")
    point.keeper_id = given.keeper
    point.lon, point.lat = at


def _called(point: ServicePoint, given: PointIn, found: Located) -> str:
    """Return what people call the place; the address that was found before goes with the place of before."""
    called = given.place.strip()[:PLACE_LIMIT]
    if point.pk and called == point.place:
        before = locate(point.lon, point.lat)
        if before is not None and called in (before.address, before.name):
            called = ""
    return called or found.address or found.name


def _place(given: PointIn) -> tuple[float, float] | None:
    if given.building is not None:
        return Building.objects.filter(pk=given.building).values_list("lon", "lat").first()
    return None if given.lon is None or given.lat is None else (given.lon, given.lat)


def _keeps(viewer: Viewer, post: int) -> bool:
    return Post.objects.filter(in_reach(viewer, "service_point.edit"), pk=post, closed_at=None).exists()


def saved(viewer: Viewer, point: ServicePoint, verb: str, fact: Fact | None = None) -> ServicePoint:
    """Write a point that has changed, and say so in the journal: what it is, or the ``fact`` of the kind."""
    point.version += 1
    point.save()
    changed = ServicePointChanged(
        kind=point.kind,
        keeper=point.keeper_id,
        ended_on=point.ended_on.isoformat() if point.ended_on else None,
    )
    record(viewer, verb, "service_point", point.pk, point.version, point.lineage, fact or changed)
    return point
