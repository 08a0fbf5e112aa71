"""An organisation's standings as they are locked, cut at a day and written, with history and journal (R9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.trust.commands import record
from shige.trust.gate import Viewer

from ..facts import OrganisationChanged
from ..models import Change, Organisation, Standing
from .checks import check_day, check_later, day_name


@dataclass(frozen=True, slots=True)
class Decision:
    """From which day on a change holds, and why it was decided."""

    on: date
    reason: str


def locked(organisation: int) -> Standing:
    """Return the last standing of an organisation under its row's lock; ValidationError once it is closed."""
    return locked_all([organisation])[organisation]


def locked_all(organisations: Collection[int]) -> dict[int, Standing]:
    """Return the last standing of each organisation, locked in one order so that nobody waits in a circle."""
    list(Organisation.objects.select_for_update().filter(pk__in=organisations).order_by("pk"))
    rows = Standing.objects.living().select_related("organisation", "area", "overseer__area")
    last = {row.organisation_id: row for row in rows.filter(organisation__in=organisations)}
    for pk in organisations:
        if pk not in last:
            raise ValidationError(_("%(name)s is closed.") % {"name": name_of(pk)})
    return last


def children_of(organisation: int, on: date) -> list[Standing]:
    """Return the last standings of what stands directly below from a day on, locked.

    Raises
    ------
    ValidationError
        One of them stood below it on that day, and does no longer.
    """
    rows = Standing.objects.filter(parent=organisation)
    for past in rows.filter(valid__endswith__gt=on)[:1]:
        said = _("%(name)s stands below it until %(day)s: please name that day or a later one.")
        raise ValidationError({"on": said % {"name": past.name, "day": day_name(past.valid.upper)}})
    children = rows.living().order_by("organisation").values_list("organisation", flat=True)
    return list(locked_all(list(children)).values())


def name_of(organisation: int | None) -> str:
    """Return what an organisation is called at last; nothing where it is none."""
    last = Standing.objects.filter(organisation=organisation).order_by("-valid").first()
    return last.name if last else ""


def from_day(last: Standing, on: date) -> Standing:
    """Cut the last standing at a day and return the one from there on, not yet written."""
    check_day(on)
    check_later(last, on)
    if last.valid.lower == on:
        return last
    Standing.objects.filter(pk=last.pk).update(valid=DateRange(last.valid.lower, on))
    last.pk, last._state.adding, last.valid = None, True, DateRange(on, None)
    return last


def end(last: Standing, on: date) -> None:
    """End an organisation; a last standing that would hold from that very day on never held.

    Raises
    ------
    ValidationError
        It was founded on that day.
    """
    rows = Standing.objects.filter(pk=last.pk)
    if last.valid.lower != on:
        rows.update(valid=DateRange(last.valid.lower, on))
    elif Standing.objects.filter(organisation=last.organisation_id).count() > 1:
        rows.delete()
    else:
        said = _("%(name)s was founded on this day; it can end on the next one at the earliest.")
        raise ValidationError({"on": said % {"name": last.name}})


def save(standing: Standing) -> None:
    """Write a standing; refuse a second organisation of its kind for a grid."""
    try:
        with transaction.atomic():
            standing.save()
    except IntegrityError as error:
        raise ValidationError(
            {"grid": _("%(area)s has an organisation of this kind already.") % {"area": standing.area.name}}
        ) from error


def tell(
    viewer: Viewer,
    standing: Standing,
    kind: Change.Kind,
    decision: Decision,
    before: str = "",
    after: str = "",
) -> None:
    """Write a change into an organisation's history."""
    Change.objects.create(
        organisation_id=standing.organisation_id, kind=kind, on=decision.on, before=before, after=after,
        reason=decision.reason.strip(), person_id=viewer.person,
    )  # fmt: skip


def note(viewer: Viewer, verb: str, standing: Standing, on: date, other: int | None = None) -> None:
    """Write what the organisation is from a day on into the journal, under its next version."""
    organisation = standing.organisation
    organisation.version += 1
    organisation.save(update_fields=["version"])
    fact = OrganisationChanged(
        kind=standing.kind,
        area=standing.area_id,
        parent=standing.parent_id,
        overseer=standing.overseer_id,
        on=on.isoformat(),
        tied=standing.tied,
        other=other,
    )
    lineage = lineage_of(standing.area)
    record(viewer, verb, "organisation", organisation.pk, organisation.version, lineage, fact)
