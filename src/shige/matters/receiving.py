"""The files of a form: those sent with it, and those that had arrived before it piece by piece."""

from collections.abc import Iterator

from django.http import HttpRequest

from . import uploads
from .attachments import Given


def files_in(request: HttpRequest, field: str, sender: str) -> Iterator[Given]:
    """Yield the files of a field; ``FIELD_upload`` names finished uploads, of which the sender's count."""
    yield from uploads.finished(sender, request.POST.getlist(f"{field}_upload"))
    for file in request.FILES.getlist(field):
        yield Given(file.name or "", file.size or 0, file)


def drop_taken(request: HttpRequest, field: str, sender: str) -> None:
    """Delete the uploads that a form has taken."""
    uploads.drop(sender, request.POST.getlist(f"{field}_upload"))
