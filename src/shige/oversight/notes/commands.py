"""Write a visit note, give guidance, pass a finding above and answer it (R10)."""

from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.workflow.commands.notices import tell_posts
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.gate import Viewer, require

from ..facts import NoteWritten
from ..models import Note
from ..reach import found_in, overseen, overseer_of
from ..urgings.posts import post_in_charge, told_above
from ..words import of_no_house

LONGEST: Final = timedelta(days=90)
"""How far back a visit may lie, and how far ahead what was agreed."""

WORDS: Final = ("words", "to_mend", "step")


@transaction.atomic
def write_note(viewer: Viewer, code: str, kind: str, **given: Any) -> Note:
    """Write a note of a kind about an area that ``viewer`` oversees.

    Raises
    ------
    ValidationError
        By field: words are missing or point to somebody or to a house, a day does not fit; nobody is in
        office who would read it.
    PermissionDenied
        ``viewer`` does not oversee the area.
    """
    require(viewer, "note.write")
    found = found_in(overseen(viewer), code)
    if found is None or kind not in Note.Kind.values:
        raise PermissionDenied("no such area is overseen here")
    area, by = found
    said = {name: of_no_house(name, given[name]) for name in WORDS if given.get(name)}
    today = localdate(clock.now())
    made = Note(
        kind=kind,
        organisation_id=by.organisation,
        area=area,
        at=clock.now(),
        on=_visited(given["on"], today) if kind == Note.Kind.VISIT else today,
        post_id=by.post,
        person_id=viewer.person,
        looked_at=given.get("looked_at", []),
        step_by=_agreed(given.get("step_by"), today),
        **said,
        **_reader(kind, area, by.organisation, by.post),
    )
    made.save()
    _keep(viewer, made, f"note.{kind}", made.asked_id or overseer_of(made.above_id))
    return made


@transaction.atomic
def answer_finding(viewer: Viewer, pk: int, words: str) -> Note:
    """Say, above, what was taken up of a finding; once.

    Raises
    ------
    ValidationError
        It is answered already; the words are missing, or point to somebody or to a house.
    PermissionDenied
        It was passed to nobody for whom ``viewer`` oversees today.
    """
    require(viewer, "note.write")
    own = [one.organisation for one in overseen(viewer)]
    note = Note.objects.select_for_update(of=("self",)).filter(above__in=own, pk=pk).first()
    if note is None:
        raise PermissionDenied("no such finding was passed here")
    if note.answered_at is not None:
        raise ValidationError(_("This is not possible any more. The page shows how it stands now."))
    note.answer, note.answered_at = of_no_house("words", words), clock.now()
    note.answered_by_id = viewer.person
    note.version += 1
    note.save(update_fields=["answer", "answered_at", "answered_by", "version"])
    _keep(viewer, note, "note.answer", overseer_of(note.organisation_id))
    return note


def _reader(kind: str, area: Area, organisation: int, own: int) -> dict[str, int]:
    if kind == Note.Kind.FINDING:
        above = told_above(organisation, area, apart_from=own).organisation
        if above is None:
            raise ValidationError(
                _("No organisation above has an overseer in office. Please tell the street.")
            )
        return {"above_id": above}
    asked = post_in_charge(area)
    if asked is None:
        raise ValidationError(_("Nobody is in office who could read this for the grid."))
    return {"asked_id": asked}


def _visited(day: date, today: date) -> date:
    if not today - LONGEST <= day <= today:
        raise ValidationError({"on": _("A day until today, at most 90 days ago.")})
    return day


def _agreed(day: date | None, today: date) -> date | None:
    if day is not None and not today <= day <= today + LONGEST:
        raise ValidationError({"step_by": _("A day from today on, within 90 days.")})
    return day


def _keep(viewer: Viewer, note: Note, kind: str, reader: int | None) -> None:
    """Tell whoever reads it, and journal that it was written."""
    tell_posts(kind, "note", str(note.pk), None, {reader} - viewer.posts)
    fact = NoteWritten(
        organisation=note.organisation_id, kind=note.kind, asked=note.asked_id, above=note.above_id
    )
    record(viewer, kind, "note", note.pk, note.version, lineage_of(note.area), fact)
