"""Inspect a thing on the register: the next date moves, a defect becomes a matter at its place (R41)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.files.attachments import Attachment
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.photos import attach_staged
from shige.matters.filing.commands.relay import refuse_about_staff
from shige.matters.models import Matter
from shige.matters.report import INSPECTION, Place, Report
from shige.matters.sealing.commands.later_words import is_said_in
from shige.matters.workflow.workflows import INSPECTED
from shige.territory.models import Thing
from shige.territory.things.commands import kind_of, locked_thing, note_inspected
from shige.territory.things.queries import kind_name
from shige.trust.form_text import filled
from shige.trust.gate import Viewer

from ..models.inspection import Inspection

WORDS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class InspectionIn:
    """What was found; ``words`` say what is wrong and are empty where everything is in order."""

    on: date
    words: str = ""
    photos: tuple[Attachment, ...] = ()


@transaction.atomic
def inspect_thing(viewer: Viewer, code: str, found: InspectionIn) -> Inspection:
    """Write an inspection down; a defect is filed, or added to the open matter of an earlier one.

    Raises
    ------
    PermissionDenied
        There is no such thing in use in an area of ``viewer``.
    ValidationError
        The day is still to come; the words are too long, or are about staff (P3).
    """
    thing = locked_thing(code)
    if found.on > localdate(clock.now()):
        raise ValidationError({"on": _("This day is still to come.")})
    note_inspected(viewer, thing, found.on)
    words = filled("words", found.words, WORDS_LIMIT) if found.words.strip() else ""
    matter = _matter_of(viewer, thing, words, found.photos) if words else None
    return Inspection.objects.create(
        thing=thing,
        on=found.on,
        at=clock.now(),
        person_id=viewer.person,
        defect=bool(words),
        words="" if matter is not None and matter.confidential else words,
        matter=matter,
    )


def _matter_of(viewer: Viewer, thing: Thing, words: str, photos: tuple[Attachment, ...]) -> Matter:
    earlier = Matter.objects.select_for_update(of=("self",)).filter(inspections__thing=thing, open=True)
    for matter in earlier.order_by("sealed", "-pk"):
        if is_said_in(viewer, matter, INSPECTED, words):
            attach_staged(matter, {"": photos})
            return matter
    kind = kind_of(thing.kind)
    report = Report(
        words=_("%(who)s: %(said)s") % {"who": f"{thing.name} ({kind_name(thing.kind)})", "said": words},
        place=Place(thing.lon, thing.lat, address=thing.place),
        category=kind.category if kind else None,
        source=INSPECTION,
        attachments=photos,
    )
    filed = file_matter(viewer, report)
    refuse_about_staff(viewer.holding("thing.inspect"), filed)
    return filed.matter
