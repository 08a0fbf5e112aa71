"""Photos and PDFs that a reporter adds later, from the device that filed the matter."""

from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.files.attachments import Attachment
from shige.files.fields import files_of
from shige.matters.filing.commands.photos import add_own_photos
from shige.matters.sealing.commands.apart import codes_apart
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page

from ...rates import address_of, count_request
from ..device import key_for

WITH_PHOTOS: Final = frozenset({"answer", "not_solved"})
"""The answers with which photos go in one press."""


@require_POST
@public_page
def own_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Add what was chosen; what cannot be taken is named."""
    try:
        count_request("address", address_of(request))
        if not (device := key_for(request, code)):
            raise PermissionDenied("another device filed it")  # before work is spent on its files
        found = files_of(request)
        add_own_photos(PUBLIC, code, device, found)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("Thank you. It has been added.") if found else _("No file was chosen.")
        messages.success(request, said)
    return redirect("channels:tracking", code=code)


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
