"""Files of somebody at work on their way to a form: sent ahead of it, and kept where the form is refused."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shige.trust.access import staff_page, viewer_in

from . import tus
from .attachments import Attachment, read_all
from .fields import MOST, arrived, drop_taken, files_in, tell


@staff_page()
@require_http_methods(["OPTIONS", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an upload; it belongs to whoever is signed in and lies unused until a form of theirs names it."""
    return tus.created(request, _sender(request), lambda name: reverse("files:upload", args=[name]))


@staff_page()
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def go_on(request: HttpRequest, name: str) -> HttpResponse:
    """Say how far an upload came, go on with it, or give it up."""
    return tus.continued(request, _sender(request), name)


def files_of(request: HttpRequest, field: str = "photos") -> tuple[Attachment, ...]:
    """Read the photos and PDFs of a form of somebody at work.

    Raises
    ------
    ValidationError
        For each that cannot be taken why not, by its name.
    """
    read = read_all(files_in(request, field, _sender(request)), MOST)
    if read.faults:
        raise ValidationError(list(read.faults))
    tell(request, read)
    return read.taken


def done_with(request: HttpRequest, field: str = "photos") -> None:
    """Delete the uploads of a form that was taken in."""
    drop_taken(request, field, _sender(request))


def file_field(request: HttpRequest, field: str = "photos") -> dict[str, object]:
    """Return what the component of files shows: limits, where to send, and what a refused form had sent."""
    return {
        "most": MOST,
        "limit_mb": settings.SHIGE_ATTACHMENT_LIMIT // 2**20,
        "upload_url": reverse("files:uploads"),
        "sent_files": arrived(request, field, _sender(request)),
    }


def _sender(request: HttpRequest) -> str:
    return f"person {viewer_in(request).person}"
