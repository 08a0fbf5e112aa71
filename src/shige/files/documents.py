"""PDFs made safe: read and written anew by a program of its own that leaves nothing active in them."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLEANER: Final = "shige.files.passive_pdf"
LOCKED: Final = 3
"""Its exit status for a PDF that only a password opens."""

SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Document:
    """A passive PDF and the number of its pages; author, camera and hidden files are gone.

    ``lost_actions`` and ``lost_files`` say that scripts and the like, or files inside it, were taken out.
    """

    kind: ClassVar[str] = "pdf"
    content: bytes
    pages: int
    lost_actions: bool = False
    lost_files: bool = False


def read_document(content: bytes) -> Document:
    """Read a PDF and take out scripts, actions, embedded files and what it says about its making.

    Raises
    ------
    ValidationError
        It cannot be read, needs a password, or takes longer than it may.
    """
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", CLEANER], input=content, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _unreadable() from None
    if done.returncode == LOCKED:
        raise ValidationError(
            _("This PDF is locked with a password. Please save it without one, or send photos.")
        )
    if done.returncode:
        raise _unreadable()
    try:
        found, _line, passive = done.stdout.partition(b"\n")
        return Document(passive, **json.loads(found))
    except (ValueError, TypeError):
        raise _unreadable() from None


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This PDF is damaged or cannot be checked. Please save it anew or send a photo.")
    )
