"""The photo of a point, with its words for whoever does not see it (R13)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.files.attachments import Attachment
from shige.files.handover import Served
from shige.files.pictures import Picture
from shige.files.store import delete, keep, path_of
from shige.trust.form_text import filled, for_everybody
from shige.trust.gate import Viewer

from ..models import PointPhoto
from .commands import kept_point, saved

ALT_LIMIT = 120


@transaction.atomic
def set_photo(viewer: Viewer, pk: int, files: Sequence[Attachment], alt: str) -> PointPhoto:
    """Show a photo of a point in place of the one before; without a file its words alone are changed.

    Raises
    ------
    ValidationError
        There is none yet and no file, or it is no photo (``photos``); or no words are given (``alt``).
    """
    point = kept_point(viewer, pk)
    alt = filled("alt", for_everybody("alt", alt, limit=ALT_LIMIT), ALT_LIMIT, keep_numbers=True)
    before = PointPhoto.objects.filter(point=point).first()
    photo = before or PointPhoto(point=point)
    if files:
        picture = files[0]
        if not isinstance(picture, Picture):
            raise ValidationError({"photos": _("Please choose a photo, no PDF.")})
        _drop_later(photo)
        photo.file, photo.width, photo.height = keep(picture), picture.width, picture.height
    elif before is None:
        raise ValidationError({"photos": _("Please choose a photo.")})
    photo.alt = alt
    photo.save()
    saved(viewer, point, "service_point.photographed")
    return photo


@transaction.atomic
def remove_photo(viewer: Viewer, pk: int) -> None:
    """Take the photo of a point away."""
    point = kept_point(viewer, pk)
    photo = PointPhoto.objects.filter(point=point).first()
    if photo is None:
        raise PermissionDenied("no photo here")
    _drop_later(photo)
    photo.delete()
    saved(viewer, point, "service_point.photo_removed")


def photo_seen(pk: int) -> Served | None:
    """Return the photo of a point in use, as everybody sees it."""
    photo = PointPhoto.objects.filter(point=pk, point__ended_on=None).first()
    return Served(path_of(photo.file), "image/jpeg", f"{photo.file[:6]}.jpg") if photo else None


def _drop_later(photo: PointPhoto) -> None:
    """Delete the file of a photo once nothing names it any more."""
    if name := photo.file:
        transaction.on_commit(lambda: delete([name]))
