"""Add photos and PDFs to a matter."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.files.attachments import Attachment
from shige.files.fields import MOST
from shige.files.pictures import Picture
from shige.files.store import keep
from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter, Photo
from ...tracking.queries import is_device
from ...workflow.actors import actors_of
from ...workflow.commands.steps import changed, lock_by_code, lock_matter, tell_owner

Staged = Mapping[str, Sequence[Attachment]]
"""Files by what they show: ``before``, ``after``, or nothing in particular under an empty name."""


@transaction.atomic
def add_photos(viewer: Viewer, number: str, staged: Staged) -> Matter:
    """Add files of the office, such as photos of the place before and after the work.

    Raises
    ------
    ValidationError
        There would be more than ``MOST``.
    PermissionDenied
        ``viewer`` does not handle this matter.
    """
    matter = lock_matter(viewer, number)
    if not actors_of(viewer, matter):
        raise PermissionDenied("only whoever handles the matter adds photos")
    if attach_staged(matter, staged):
        changed(viewer, "matter.photographed", matter)
    return matter


@transaction.atomic
def add_own_photos(viewer: Viewer, code: str, device_key: str, attachments: Sequence[Attachment]) -> None:
    """Add files of the reporter to an open matter, from the device that filed it; the owner is told.

    Raises
    ------
    PermissionDenied
        Another device filed it.
    ValidationError
        It is over, or there would be more than ``MOST``.
    """
    matter = lock_by_code(code)
    if not is_device(matter, device_key):
        raise PermissionDenied("another device filed it")
    if not matter.open:
        raise ValidationError(_("It can no longer be added to. Please report it anew."))
    if attach(matter, attachments):
        changed(viewer, "matter.photographed", matter)
        tell_owner("matter.added_to", matter)


def attach_staged(matter: Matter, staged: Staged) -> int:
    """Keep files of the office with a matter whose row the caller holds; return how many."""
    given = [_row(matter, each, stage=stage) for stage, files in staged.items() for each in files]
    return _kept(matter, given, by_reporter=False)


def attach(matter: Matter, attachments: Sequence[Attachment]) -> int:
    """Keep files of the reporter with a matter whose row the caller holds; return how many."""
    given = [_row(matter, each, by_reporter=True) for each in attachments]
    return _kept(matter, given, by_reporter=True)


def _kept(matter: Matter, rows: Sequence[Photo], *, by_reporter: bool) -> int:
    if not rows:
        return 0
    if matter.photos.filter(by_reporter=by_reporter).count() + len(rows) > MOST:
        raise ValidationError({"photos": _("At most %(count)d files.") % {"count": MOST}})
    return len(Photo.objects.bulk_create(rows))


def _row(matter: Matter, given: Attachment, *, stage: str = "", by_reporter: bool = False) -> Photo:
    row = Photo(matter=matter, file=keep(given), kind=given.kind, stage=stage, by_reporter=by_reporter)
    row.added_at = clock.now()
    if isinstance(given, Picture):
        row.width, row.height = given.width, given.height
    else:
        row.pages = given.pages
    return row
