"""Photos and PDFs that a reporter sends with later words, from the device that filed the matter."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from shige.files.attachments import Attachment
from shige.files.fields import files_of
from shige.matters.filing.commands.photos import add_own_photos
from shige.matters.sealing.commands.apart import codes_apart
from shige.trust.gate import PUBLIC

from ..device import key_for
from ..forms.report import WITH_PHOTOS


def photos_in(request: HttpRequest, code: str, act: str) -> tuple[Attachment, ...]:
    """Read the files that go with an answer.

    Raises
    ------
    PermissionDenied
        Another device filed the matter.
    ValidationError
        For each that cannot be taken why not, by its name.
    """
    if act not in WITH_PHOTOS or not request.FILES:
        return ()
    if not key_for(request, code):
        raise PermissionDenied("another device filed it")
    return files_of(request)


def add_to_words(request: HttpRequest, code: str, key: str, photos: Sequence[Attachment]) -> None:
    """Keep the files of an answer where its words stand, in the same transaction.

    They show what the words say: with words that were set apart they are set apart as well (P3, P4).
    """
    if photos:
        add_own_photos(PUBLIC, *(codes_apart(code, key) or (code, key_for(request, code))), photos)
