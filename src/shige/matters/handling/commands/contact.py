"""Open the contact, words or a file of a confidential matter: on record, values with a reason (P5, P7)."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shige.files.handover import Served
from shige.trust.commands import note_readings, reveal
from shige.trust.gate import Viewer

from ...file_names import served
from ...models import DUTY, Matter
from ...own_data.former import former_of
from ...visibility.behind import photos_told
from ...workflow.actors import duty_of, lineage_of_matter, may_open, reads_words, seen_by
from ...workflow.workflows import DISPUTE
from ..contact import Contact

REASON_LIMIT = 200


def reveal_contact(viewer: Viewer, number: str, reason: str) -> Contact:
    """Open the reporter's name and telephone, and the room that they named.

    Raises
    ------
    PermissionDenied
        ``viewer`` neither handles the matter nor may open contacts where it lies.
    ValidationError
        No reason is given, or nothing was left.
    """
    matter = openable(viewer, number)
    left = (
        matter.name_handle, matter.phone_handle, matter.callback_handle, matter.room_handle,
        former_of(matter),
    )  # fmt: skip
    opened = opened_on_record(viewer, matter, [handle for handle in left if handle], reason)
    return Contact(*(opened.get(handle, "") if handle else "" for handle in left))


def reveal_words(viewer: Viewer, number: str, reason: str) -> str:
    """Open sealed words, first and later: of a confidential matter, or where numbers in them are hidden.

    Errors as with ``reveal_contact``.
    """
    matter = openable(viewer, number)
    if matter.kind == DISPUTE and not reads_words(viewer):
        raise PermissionDenied("the committee mediates with the clean file")
    later = matter.steps.exclude(words_handle=None).order_by("pk").values_list("words_handle", flat=True)
    handles = [handle for handle in (matter.words_handle, *later) if handle]
    opened = opened_on_record(viewer, matter, handles, reason)
    return "\n\n".join(opened[handle] for handle in handles if handle in opened)


def open_file(viewer: Viewer, number: str, name: str, *, small: bool) -> Served | None:
    """Return the file of a photo or PDF of a matter that ``viewer`` may see.

    One of a confidential matter is for whoever may open its words, and it is on record that they did (P7).
    """
    matter = Matter.objects.filter(seen_by(viewer), number=number).first()
    photo = photos_told(viewer, matter).filter(file=name).first() if matter else None
    if matter is None or photo is None:
        return None
    if matter.confidential:
        if not may_open(viewer, matter):
            return None
        handle = uuid.UUID(hex=photo.file)
        note_readings(viewer, [handle], role=roles_of(viewer), lineage=lineage_of_matter(matter))
    return served(photo, number, small=small)


def reveal_claimant(viewer: Viewer, number: str, reason: str) -> Contact:
    """Open name and telephone of whoever claims a wish; errors as with ``reveal_contact``."""
    matter = openable(viewer, number)
    claim = matter.claims.filter(ended_at=None).first()
    handles = [handle for handle in (claim.name_handle, claim.phone_handle) if handle] if claim else []
    opened = opened_on_record(viewer, matter, handles, reason)
    values = [opened.get(handle, "") for handle in handles]
    return Contact(*values[:2]) if len(values) == 2 else Contact("", "")


def openable(viewer: Viewer, number: str) -> Matter:
    """Return a matter whose sealed values ``viewer`` may open; PermissionDenied otherwise."""
    matter = Matter.objects.filter(seen_by(viewer), number=number).first()
    if matter is None or not may_open(viewer, matter):
        raise PermissionDenied("the contact of this matter is not for this viewer")
    return matter


def opened_on_record(
    viewer: Viewer, matter: Matter, handles: list[uuid.UUID], reason: str
) -> dict[uuid.UUID, str]:
    """Open values of a matter; ValidationError where a reason is missing or there is nothing to open.

    Of an ordinary matter the reason follows from the duty; it is asked for where the matter is confidential.
    """
    said = reason.strip()
    if not said and not matter.confidential:
        said = DUTY + duty_of(viewer, matter)
    if not said or len(said) > REASON_LIMIT:
        raise ValidationError(
            {"reason": _("Please say why, in at most %(count)d characters.") % {"count": REASON_LIMIT}}
        )
    if not handles:
        raise ValidationError(_("Nothing was left: the reporter is anonymous."))
    return dict(reveal(viewer, handles, said, role=roles_of(viewer), lineage=lineage_of_matter(matter)))


def roles_of(viewer: Viewer) -> str:
    """Return the roles in which somebody reads, as the record of readings keeps them."""
    return ", ".join(sorted({scope.role for scope in viewer.scopes}))[:40]
