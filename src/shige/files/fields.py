"""The files of a form: those sent with it, and those that had arrived before it piece by piece."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from shige.trust.origin import network_of

from . import uploads
from .attachments import Attachment, Given, Reading, read_all
from .queue import turn_of

MOST: Final = 6
"""Files that a form takes, and that one side may add to a matter."""


def form_of(request: HttpRequest) -> AbstractContextManager[object]:
    """Let all files of a request share one turn: that of a person at work, otherwise of a network address."""
    person = request.user.pk if request.user.is_authenticated else None
    return turn_of(f"person {person}" if person else f"address {network_of(request)}")


def read_in(request: HttpRequest, field: str, sender: str, room: int = MOST) -> Reading:
    """Read the files of a field and those that ``sender`` sent ahead; at most ``room`` are taken."""
    with form_of(request):
        return read_all(_files_in(request, field, sender), room)


def files_of(request: HttpRequest, field: str = "photos", sender: str = "") -> tuple[Attachment, ...]:
    """Read the photos and PDFs of a form; those sent ahead of it count where they are those of ``sender``.

    Raises
    ------
    ValidationError
        For each that cannot be taken why not, by its name; the next press goes on without it.
    """
    read = read_in(request, field, sender)
    if read.faults:
        uploads.drop(sender, read.refused)
        raise ValidationError(list(read.faults))
    tell(request, read)
    return read.taken


def tell(request: HttpRequest, read: Reading) -> None:
    """Tell the sender what was taken out of the files that were taken."""
    for said in read.notes:
        messages.warning(request, said)


def arrived(request: HttpRequest, field: str, sender: str) -> list[tuple[str, str]]:
    """Return id and name of the finished uploads that a form named, so that a refused form still has them."""
    named = request.POST.getlist(f"{field}_upload")
    found = ((name, uploads.found(sender, name)) for name in named)
    return [(name, upload.name) for name, upload in found if upload and upload.offset == upload.length]


def drop_taken(request: HttpRequest, field: str, sender: str, untried: Collection[str] = ()) -> None:
    """Delete the uploads that a form has taken, not those that nobody had time to see."""
    uploads.drop(sender, [name for name in request.POST.getlist(f"{field}_upload") if name not in untried])


def _files_in(request: HttpRequest, field: str, sender: str) -> Iterator[Given]:
    """Yield the files of a field; ``FIELD_upload`` names finished uploads, of which the sender's count."""
    yield from uploads.finished(sender, dict.fromkeys(request.POST.getlist(f"{field}_upload")))
    for file in request.FILES.getlist(field):
        yield Given(file.name or "", file.size or 0, file)
