"""Files of the office on their way to a matter."""

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shige.files import tus
from shige.files.attachments import Attachment
from shige.files.fields import MOST, drop_taken, form_of, read_in, tell
from shige.trust.page_access import staff_page, viewer_in

from ...filing.commands.photos import Staged
from ..queries.detail import sees

FIELDS: Final = {"photos": "", "before": "before", "after": "after"}
"""Fields of the office's forms, and what the files in each show."""


@staff_page("matter.handle")
@require_http_methods(["OPTIONS", "POST"])
def uploads(request: HttpRequest, number: str) -> HttpResponse:
    """Begin an upload."""
    _refuse_unseen(request, number)
    return tus.created(
        request, sender_of(request, number), lambda name: reverse("matters:upload", args=[number, name])
    )


@staff_page("matter.handle")
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Say how far an upload came, go on with it, or give it up."""
    _refuse_unseen(request, number)
    return tus.continued(request, sender_of(request, number), name)


def staged_files(request: HttpRequest, number: str) -> tuple[Staged, list[str]]:
    """Return the files of the forms by what they show, and for each that cannot be taken why not."""
    sender, room = sender_of(request, number), MOST
    staged: dict[str, Sequence[Attachment]] = {}
    faults: list[str] = []
    with form_of(request):
        for field, stage in FIELDS.items():
            read = read_in(request, field, sender, room)
            staged[stage] = read.taken
            room -= len(read.taken)
            faults.extend(read.faults)
            tell(request, read)
    return staged, faults


def drop_staged(request: HttpRequest, number: str) -> None:
    """Delete the uploads that a form has taken."""
    for field in FIELDS:
        drop_taken(request, field, sender_of(request, number))


def sender_of(request: HttpRequest, number: str) -> str:
    """Return whose uploads they are: this person's, for this matter."""
    return f"person {viewer_in(request).person} matter {number}"


def _refuse_unseen(request: HttpRequest, number: str) -> None:
    if not sees(viewer_in(request), number):
        raise Http404
