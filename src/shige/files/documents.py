"""PDFs made safe: read and written anew by a program of its own that leaves nothing active in them."""

import subprocess
import sys
from dataclasses import dataclass
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIGN: Final = b"%PDF-"
CLEANING: Final = "shige.files.passive_pdf"
LOCKED: Final = 3
"""Its exit status for a PDF that only a password opens."""

SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Document:
    """A passive PDF and the number of its pages; author, camera and hidden files are gone."""

    kind: ClassVar[str] = "pdf"
    content: bytes
    pages: int


def read_document(content: bytes) -> Document:
    """Read a PDF and take out scripts, actions, embedded files and what it says about its making.

    Raises
    ------
    ValidationError
        It cannot be read, needs a password, or takes longer than it may.
    """
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", CLEANING], input=content, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _unreadable() from None
    if done.returncode == LOCKED:
        raise ValidationError(_("This PDF is locked with a password. Please send it without one."))
    if done.returncode or not done.stderr.strip().isdigit():
        raise _unreadable()
    return Document(done.stdout, int(done.stderr))


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This PDF is damaged or cannot be checked. Please save it anew or send a photo.")
    )
