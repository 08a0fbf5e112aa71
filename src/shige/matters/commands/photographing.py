"""Add photos to a matter."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer

from .. import clock
from ..acting import actors_of
from ..models import Matter, Photo
from ..pictures import Picture, keep
from .stepping import journal, locked

MOST = 6
"""Photos that one side may add to a matter."""


@transaction.atomic
def add_photos(viewer: Viewer, number: str, pictures: Iterable[Picture]) -> Matter:
    """Add photos of the office, such as of the finished work.

    Raises
    ------
    ValidationError
        There would be more than ``MOST``.
    PermissionDenied
        ``viewer`` does not handle this matter.
    """
    matter = locked(viewer, number)
    if not actors_of(viewer, matter):
        raise PermissionDenied("only whoever handles the matter adds photos")
    added = attach(matter, tuple(pictures), by_reporter=False)
    if added:
        matter.version += 1
        matter.save(update_fields=["version"])
        journal(viewer, "matter.photographed", matter)
    return matter


def attach(matter: Matter, pictures: tuple[Picture, ...], *, by_reporter: bool) -> int:
    """Keep photos with a matter whose row the caller holds; return how many."""
    if not pictures:
        return 0
    held = matter.photos.filter(by_reporter=by_reporter).count()
    if held + len(pictures) > MOST:
        raise ValidationError({"photos": _("At most %(count)d photos.") % {"count": MOST}})
    Photo.objects.bulk_create(
        Photo(
            matter=matter,
            file=keep(picture),
            width=picture.width,
            height=picture.height,
            by_reporter=by_reporter,
            added_at=clock.now(),
        )
        for picture in pictures
    )
    return len(pictures)
