"""Keep the register of things: add, change, inspect, retire, and let each follow the grids (R41)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from shige.profile import ThingKind
from shige.trust.commands import record
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.queries import in_reach, today

from ..facts import ThingChanged
from ..intake.faults import Fault
from ..lineage import lineage_of_row
from ..models import Area, Building, GridVersion, Thing
from ..places.location import Located, locate

NAME_LIMIT, PLACE_LIMIT = 80, 160
AREAS = ("district_id", "street_id", "community_id", "general_id", "leaf_id")


@dataclass(frozen=True, slots=True)
class ThingIn:
    """What is written about a thing: a building or a point (WGS-84 degrees) says where it is.

    ``place`` is what people call the place; empty for the address that is found there.
    """

    kind: str
    name: str
    lon: float | None = None
    lat: float | None = None
    building: int | None = None
    place: str = ""
    keeper: int | None = None
    inspected_on: date | None = None


@transaction.atomic
def add_thing(viewer: Viewer, given: ThingIn) -> Thing:
    """Put a thing on the register under a code that was never given before.

    Raises
    ------
    ValidationError
        By field: what is missing or does not fit, or the place (``point``) lies outside every grid or outside
        the area of ``viewer``.
    """
    thing = Thing(added_on=today(), version=0)
    _write(viewer, thing, given)
    thing.code = _next_code(thing)
    return _saved(viewer, thing, "thing.added")


@transaction.atomic
def add_things(viewer: Viewer, rows: Sequence[tuple[int, ThingIn]]) -> int:
    """Put the things of a table, with the numbers of its rows, on the register, all or none; return how many.

    Raises
    ------
    ValidationError
        For each row that does not fit, what to mend.
    """
    wrong: list[Fault] = []
    for row, given in rows:
        try:
            add_thing(viewer, given)
        except ValidationError as error:
            wrong += [Fault(row, "", said) for said in error.messages]
    if wrong:
        raise ValidationError([str(fault) for fault in wrong])
    return len(rows)


@transaction.atomic
def change_thing(viewer: Viewer, code: str, given: ThingIn) -> Thing:
    """Change what the register says of a thing; its code stays. Errors as with ``add_thing``."""
    thing = locked_thing(code)
    require(viewer, "thing.edit", lineage_of_row(thing))
    _write(viewer, thing, given)
    return _saved(viewer, thing, "thing.changed")


@transaction.atomic
def retire_thing(viewer: Viewer, code: str) -> Thing:
    """Take a thing that is gone off the lists; its row and its code stay."""
    thing = locked_thing(code)
    require(viewer, "thing.edit", lineage_of_row(thing))
    thing.retired_on, thing.due_on = today(), None
    return _saved(viewer, thing, "thing.retired")


def note_inspected(viewer: Viewer, thing: Thing, day: date) -> None:
    """Move the next date of a thing that was inspected, in the transaction in which the caller locked it."""
    require(viewer, "thing.inspect", lineage_of_row(thing))
    thing.inspected_on, thing.due_on = day, next_due(kind_of(thing.kind), day)
    _saved(viewer, thing, "thing.inspected")


@transaction.atomic
def follow_grids() -> int:
    """Lay things anew whose community got other grids since they were laid; return how many moved."""
    begun = GridVersion.objects.filter(
        community=OuterRef("community"), valid__contains=today(), valid__startswith__gte=OuterRef("laid_on")
    )
    things = list(Thing.objects.select_for_update().filter(Exists(begun), retired_on=None))
    moved = sum(_lay(thing, found) for thing in things if (found := locate(thing.lon, thing.lat)))
    Thing.objects.bulk_update(things, [*AREAS, "laid_on"], batch_size=500)
    return moved


def locked_thing(code: str) -> Thing:
    """Return a thing in use, its row locked; PermissionDenied where there is none."""
    thing = Thing.objects.select_for_update().filter(code=code, retired_on=None).first()
    if thing is None:
        raise PermissionDenied("no such thing here")
    return thing


def kind_of(code: str) -> ThingKind | None:
    """Return a kind; None where the profile has dropped it."""
    try:
        return profile().thing_kind(code)
    except KeyError:
        return None


def next_due(kind: ThingKind | None, inspected: date | None) -> date | None:
    """Return when a thing is inspected next: at once where it never was; None where nobody has to come."""
    if kind is None or kind.months is None:
        return None
    return months_after(inspected, kind.months) if inspected else today()


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _write(viewer: Viewer, thing: Thing, given: ThingIn) -> None:
    require(viewer, "thing.edit")
    wrong, point = _faults(viewer, thing, given), _point(given)
    found = locate(*point, given.building) if point else None
    if found is None:
        outside = _("This place lies outside every grid.")
        wrong["point"] = outside if point else _("Please say where it is.")
    elif not may(viewer, "thing.edit", found.lineage):
        wrong["point"] = _("This place is not in your area.")
    if wrong or point is None or found is None:
        raise ValidationError(wrong)
    thing.lon, thing.lat = point
    _lay(thing, found)
    thing.kind, thing.name = given.kind, given.name.strip()
    thing.place = given.place.strip() or found.address
    thing.keeper_id, thing.inspected_on = given.keeper, given.inspected_on
    thing.due_on = next_due(kind_of(given.kind), given.inspected_on)


def _faults(viewer: Viewer, thing: Thing, given: ThingIn) -> dict[str, Any]:
    """Return by field what does not fit, apart from the place itself."""
    wrong: dict[str, Any] = {}
    if kind_of(given.kind) is None:
        wrong["kind"] = _("There is no kind “%(kind)s”.") % {"kind": given.kind[:20]}
    if not 0 < len(given.name.strip()) <= NAME_LIMIT:
        wrong["name"] = _("Please fill this in, in at most %(count)d characters.") % {"count": NAME_LIMIT}
    if len(given.place.strip()) > PLACE_LIMIT:
        wrong["place"] = _("At most %(count)d characters.") % {"count": PLACE_LIMIT}
    if given.inspected_on and given.inspected_on > today():
        wrong["inspected_on"] = _("This day is still to come.")
    if given.keeper and given.keeper != thing.keeper_id and not _keeps(viewer, given.keeper):
        wrong["keeper"] = _("This post does not serve here.")
    return wrong


def _point(given: ThingIn) -> tuple[float, float] | None:
    if given.building is not None:
        return Building.objects.filter(pk=given.building).values_list("lon", "lat").first()
    return None if given.lon is None or given.lat is None else (given.lon, given.lat)


def _keeps(viewer: Viewer, post: int) -> bool:
    return Post.objects.filter(in_reach(viewer, "thing.edit"), pk=post, closed_at=None).exists()


def _lay(thing: Thing, found: Located) -> bool:
    """Set the areas of a thing; say whether its leaf grid is another one now."""
    before, line = thing.leaf_id, found.lineage
    thing.district_id, thing.street_id, thing.community_id = line.district, line.street, line.community
    thing.general_id, thing.leaf_id, thing.laid_on = line.general, line.leaf, today()
    return before != thing.leaf_id


def _next_code(thing: Thing) -> str:
    """Return the next code of a community, whose row is locked: rows stay, so counting them is enough."""
    community = Area.objects.select_for_update().get(pk=cast(int, thing.community_id)).code
    return f"{community}-{Thing.objects.filter(code__startswith=f'{community}-').count() + 1:05d}"


def _saved(viewer: Viewer, thing: Thing, verb: str) -> Thing:
    thing.version += 1
    thing.save()
    fact = ThingChanged(
        code=thing.code,
        kind=thing.kind,
        keeper=thing.keeper_id,
        inspected_on=_iso(thing.inspected_on),
        due_on=_iso(thing.due_on),
        retired_on=_iso(thing.retired_on),
    )
    record(viewer, verb, "thing", thing.pk, thing.version, lineage_of_row(thing), fact)
    return thing


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
