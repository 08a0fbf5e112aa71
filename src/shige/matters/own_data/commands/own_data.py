"""What a reporter may do with their own data: take it along, correct the contact, delete it (P5)."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import enqueue, erase, replace, reveal, seal
from shige.trust.commands.vault import handles_of, sealed_copy
from shige.trust.entry_stamp import micros
from shige.trust.erasures import digest_of, note_erasures
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import found_telephone, shown

from ...filing.checks import checked
from ...models import Matter, Photo, TaskPhoto
from ...report import Place, Report
from ...tracking.queries import is_device
from ...visibility.queries.record import OWN
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.remarks import note_beside
from ...workflow.commands.steps import journal, lock_by_code
from ...workflow.own_words import said_by, said_in
from ...workflow.proof import CONTACT_CHANGED
from ..former import CHANGED, FIELD, KEPT, former_of, handle_of_former
from ..queries import OwnWords, own_handles, telephone_tells
from .retention import clear, delete_files

ERASED: Final = "matter"
"""The kind of a matter on the list of what was deleted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that it is the reporter: the key of the device that filed it, or the telephone left."""

    device_key: str = ""
    phone: str = ""


def take_along(viewer: Viewer, code: str, proof: Proof) -> OwnWords:
    """Open everything that a reporter has said and left, on record.

    Raises
    ------
    ValidationError
        By field: this is not the telephone that was left. Of a sealed matter no telephone tells.
    PermissionDenied
        Nobody reported by this code.
    """
    with transaction.atomic():
        matter = _proven(code, proof)
    contact, said = own_handles(matter)
    with override(profile().language):
        why = _("one's own data")
    found = reveal(viewer, [*contact, *said], why, role=OWN, lineage=lineage_of_matter(matter))
    return OwnWords(
        name=_said(found, matter.name_handle),
        phone=shown(_said(found, matter.phone_handle)),
        words=_said(found, matter.words_handle) or matter.words,
        later=tuple(
            _said(found, step.words_handle) or step.note or step.said
            for step in said_by(matter).order_by("pk")
            if step.note or step.said or step.words_handle
        ),
        room=_said(found, matter.room_handle),
        place=matter.place,
        entrance=matter.entrance,
        floor=matter.floor,
    )


@transaction.atomic
def correct_contact(viewer: Viewer, code: str, proof: Proof, name: str, phone: str) -> None:
    """Keep another name and telephone in place of those that were left; an empty one leaves it as it is.

    Raises
    ------
    ValidationError
        By field: no telephone number, a name too long, changed from elsewhere a short while ago; or as with
        ``take_along``.
    """
    matter = _proven(code, proof)
    given = checked(Report(words="-", place=Place(), name=name, phone=phone))
    if given.name:
        matter.name_handle = _kept_as(viewer, matter, matter.name_handle, "matter.name", given.name)
    if given.phone:
        _change_telephone(viewer, matter, given.phone, here=is_device(matter, proof.device_key))
        note_beside(matter, CONTACT_CHANGED)
    matter.version += 1
    matter.save(update_fields=["name_handle", "phone_handle", "version"])
    journal(viewer, "matter.contact_corrected", matter)


def _change_telephone(viewer: Viewer, matter: Matter, phone: str, *, here: bool) -> None:
    """Put another telephone in place of the one left; changed elsewhere than on its device, that is kept."""
    former = former_of(matter)
    if here and former:
        erase(viewer, [former], lineage_of_matter(matter))
    elif former and former not in handles_of(FIELD, phone):
        said = _(
            "The telephone was changed a short while ago. For %(days)d days it can only be changed back, or "
            "on the device that filed the matter."
        )
        raise ValidationError({"phone": said % {"days": KEPT.days}})
    elif not here and not former:
        under = handle_of_former(matter.phone_handle)
        if sealed_copy(matter.phone_handle, FIELD, under):
            enqueue(CHANGED, "matter", matter.number, receiver_handle=under)
    matter.phone_handle = _kept_as(viewer, matter, matter.phone_handle, "matter.phone", phone)


@transaction.atomic
def delete_contact(viewer: Viewer, code: str, proof: Proof) -> None:
    """Delete name, telephone and way to call back, at any time; errors as with ``take_along``."""
    matter = _proven(code, proof)
    left = (matter.name_handle, matter.phone_handle, former_of(matter), matter.callback_handle)
    erase(viewer, [handle for handle in left if handle], lineage_of_matter(matter))
    note_beside(matter, CONTACT_CHANGED)
    matter.version += 1
    matter.save(update_fields=["version"])
    journal(viewer, "matter.contact_deleted", matter)


@transaction.atomic
def delete_own(viewer: Viewer, code: str, proof: Proof) -> None:
    """Delete for good what a reporter has said, left and attached, and where it was.

    What the offices wrote stays, and the grid.

    Raises
    ------
    ValidationError
        It is still being handled; or as with ``take_along``.
    """
    matter = _proven(code, proof)
    if matter.open:
        raise ValidationError(
            _("It is still being handled, and your words are needed for that. Delete them once it has ended.")
        )
    erase_words(viewer, matter)


def erase_words(viewer: Viewer, matter: Matter) -> None:
    """Delete what ``delete_own`` does, inside the caller's transaction; of what others said there as well."""
    contact, said = own_handles(matter)
    beside = said_in(matter).values_list("words_handle", flat=True)
    erase(viewer, {*contact, *said, *filter(None, beside)}, lineage_of_matter(matter))
    note_erasures(ERASED, [_listed(matter)])
    files = list(matter.photos.filter(by_reporter=True).values_list("file", flat=True))
    delete_files(TaskPhoto.objects.filter(task__matter=matter, file__in=files))
    delete_files(Photo.objects.filter(file__in=files))
    clear(viewer, matter, place=True)


def erase_again(viewer: Viewer, digests: Collection[str]) -> int:
    """Delete, after a restore, the words of matters on the list of what was deleted; return how many."""
    found = [matter for matter in Matter.objects.iterator() if digest_of(ERASED, _listed(matter)) in digests]
    for matter in found if digests else ():
        erase_words(viewer, matter)
    return len(found)


def _listed(matter: Matter) -> str:
    """Return the name of a matter on the list; the moment to the microsecond keeps it from being guessed."""
    return f"{matter.number} {micros(matter.reported_at)}"


def _proven(code: str, proof: Proof) -> Matter:
    matter = lock_by_code(code)
    if is_device(matter, proof.device_key):
        return matter
    if not telephone_tells(matter):  # before it is compared: the refusal must not tell whether it was right
        raise ValidationError(
            _("This matter is sealed: a telephone opens nothing of it. The street does it in person.")
        )
    number = found_telephone(proof.phone)
    if not number or not _left_with(matter, number):
        raise ValidationError({"proof": _("This is not the telephone that was left with it.")})
    return matter


def _left_with(matter: Matter, number: str) -> bool:
    """Say whether a telephone was left with a matter: the one in force, or the one before while kept."""
    if matter.phone_handle in handles_of("matter.phone", number):
        return True
    return handle_of_former(matter.phone_handle) in handles_of(FIELD, number)


def _kept_as(
    viewer: Viewer, matter: Matter, handle: uuid.UUID | None, field: str, value: str
) -> uuid.UUID | None:
    """Return the handle of a value: the one before, by which its readings are found, else a new one."""
    if handle is None:
        return seal(field, value) if value else None
    replace(viewer, handle, field, value, lineage_of_matter(matter))
    return handle


def _said(found: Mapping[uuid.UUID, str], handle: uuid.UUID | None) -> str:
    return found.get(handle, "") if handle else ""
