"""What people attach: photos and PDFs, each made safe, or refused by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .documents import Document
from .foreign import Attachment, opened
from .queue import NotTriedError, turn_of
from .scanner import refuse_infected

__all__ = ["Attachment", "Given", "Reading", "read_all", "read_attachment"]


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it came in: its name and size (bytes) as the sender says, and its content."""

    name: str
    size: int
    file: IO[bytes]
    upload: str = ""
    """The id under which it was sent ahead of its form, if it was."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be taken, why each other file could not, and what was taken out of one; each by its name.

    Of those that were sent ahead ``refused`` are the ids of which nothing can be taken, and ``untried`` of
    which nobody had time to see: these may be sent once more as they are.
    """

    taken: tuple[Attachment, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    refused: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()


def read_all(files: Iterable[Given], room: int) -> Reading:
    """Read files, of which at most ``room`` are taken; they share one turn."""
    taken: list[Attachment] = []
    faults: list[str] = []
    notes: list[str] = []
    refused: list[str] = []
    untried: list[str] = []
    with turn_of():
        for given in files:
            name = given.name.strip() or _("a file without a name")
            try:
                if len(taken) >= room:
                    raise ValidationError(_("No more files can be added."))
                taken.append(read_attachment(given))
            except ValidationError as error:
                faults.extend(f"{name}: {said}" for said in error.messages)
                (untried if isinstance(error, NotTriedError) else refused).append(given.upload)
            else:
                notes.extend(f"{name}: {said}" for said in notes_on(taken[-1]))
    ids = (tuple(filter(None, each)) for each in (refused, untried))
    return Reading(tuple(taken), tuple(faults), tuple(notes), *ids)


def read_attachment(given: Given) -> Attachment:
    """Read one file and make it safe.

    Raises
    ------
    ValidationError
        It is empty, larger than ``SHIGE_ATTACHMENT_LIMIT``, infected, no photo or PDF, or cannot be read.
    NotTriedError
        Too much else is being opened.
    """
    limit = settings.SHIGE_ATTACHMENT_LIMIT
    content = given.file.read(limit + 1)
    size = max(given.size, len(content))
    if size > limit:
        raise ValidationError(
            _("This file has %(size)d MB; at most %(limit)d MB can be sent. Everything else is kept.")
            % {"size": round(size / 2**20), "limit": limit // 2**20}
        )
    if not content:
        raise ValidationError(_("This file is empty. Please choose it once more."))
    with turn_of() as turn:
        refuse_infected(content, turn.left())
        return opened(content)


def notes_on(taken: Attachment) -> list[str]:
    """Return what the sender should know was taken out of a file."""
    if not isinstance(taken, Document):
        return []
    said = []
    if taken.lost_files:
        said.append(_("Files inside this PDF were taken out. Please send those that matter by themselves."))
    if taken.lost_actions:
        said.append(_("Scripts and other active parts of this PDF were taken out; its pages are kept."))
    return said
