"""PDFs made safe: read and written anew by a program of its own that leaves nothing active in them."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .bounds import LOCKED, TOO_LARGE, TOO_MANY, TOO_SLOW
from .passive_pdf import MOST_PAGES
from .sandbox import read_in_box, too_slow

CLEANER: Final = "shige.files.passive_pdf"


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
        It cannot be read, needs a password, or takes more time or memory than it may.
    """
    read = read_in_box(CLEANER, content)
    if read.status == LOCKED:
        raise ValidationError(
            _("This PDF is locked with a password. Please save it without one, or send photos.")
        )
    if read.status == TOO_LARGE:
        raise ValidationError(
            _(
                "This PDF unpacks to more than can be opened here. "
                "Please send fewer pages at a time, or photos."
            )
        )
    if read.status == TOO_MANY:
        raise ValidationError(
            _("This PDF has too many pages: at most %(count)d can be opened. Please send those that matter.")
            % {"count": MOST_PAGES}
        )
    if read.status == TOO_SLOW:
        raise too_slow()
    if read.status:
        raise _unreadable()
    return Document(read.parts[0], **read.about)


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This PDF is damaged or cannot be checked. Please save it anew or send a photo.")
    )
