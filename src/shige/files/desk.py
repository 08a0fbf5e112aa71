"""Files of somebody at work on their way to a form: sent ahead of it, and kept where the form is refused."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shige.trust.page_access import staff_page, viewer_in

from . import fields, tus
from .attachments import Attachment
from .fields import MOST, arrived, drop_taken


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
    """Read the photos and PDFs of a form of somebody at work, as ``fields.files_of`` does."""
    return fields.files_of(request, field, _sender(request))


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
