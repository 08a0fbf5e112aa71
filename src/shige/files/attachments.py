"""What people attach: photos and PDFs, their type told by content, each refused or made safe by its name."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .documents import SIGN, Document, read_document
from .pictures import Picture, is_picture, read_picture
from .scanner import refuse_infected

Attachment = Picture | Document
Kind = Literal["picture", "pdf", "other"]

PICTURE_NAMES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it came in: its name and size (bytes) as the sender says, and its content."""

    name: str
    size: int
    file: IO[bytes]


def read_all(files: Iterable[Given], room: int) -> tuple[list[Attachment], list[str]]:
    """Return what could be taken, at most ``room``, and for each other file why not, by its name."""
    taken: list[Attachment] = []
    faults: list[str] = []
    for given in files:
        try:
            if len(taken) >= room:
                raise ValidationError(_("No more files can be added."))
            taken.append(read_attachment(given))
        except ValidationError as error:
            faults.extend(f"{given.name}: {said}" for said in error.messages)
    return taken, faults


def read_attachment(given: Given) -> Attachment:
    """Read one file and make it safe.

    Raises
    ------
    ValidationError
        It is larger than ``SHIGE_ATTACHMENT_LIMIT``, infected, not what its name says, or cannot be read.
    """
    limit = settings.SHIGE_ATTACHMENT_LIMIT
    content = given.file.read(limit + 1)
    size = max(given.size, len(content))
    if size > limit:
        raise ValidationError(
            _("This file has %(size)d MB; at most %(limit)d MB can be sent. Everything else is kept.")
            % {"size": round(size / 2**20), "limit": limit // 2**20}
        )
    refuse_infected(content)
    kind = kind_of(content)
    if kind == "other":
        raise ValidationError(_("This file is no photo (JPEG, PNG, WebP) and no PDF that can be read."))
    if named_kind(given.name) not in (kind, None):
        raise ValidationError(_("This file is not what its name says. Please send it under its right name."))
    return read_document(content) if kind == "pdf" else read_picture(io.BytesIO(content))


def kind_of(content: bytes) -> Kind:
    """Return what content is, whatever its name and header say."""
    if content.startswith(SIGN):
        return "pdf"
    return "picture" if is_picture(content) else "other"


def named_kind(name: str) -> Kind | None:
    """Return what a name claims by its ending; None where it claims nothing."""
    ending = PurePath(name).suffix.lower()
    if not ending:
        return None
    if ending in PICTURE_NAMES:
        return "picture"
    return "pdf" if ending == ".pdf" else "other"
