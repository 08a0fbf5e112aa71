"""The door for photos and PDFs of strangers; tables come in by ``sheets``. Both are opened in a ``box``."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .documents import Document, read_document
from .kinds import kind_of
from .pictures import Picture, read_picture

Attachment = Picture | Document


def opened(content: bytes) -> Attachment:
    """Read the content of a file and make it safe: a picture or a PDF, whatever its name says.

    Raises
    ------
    ValidationError
        It is neither, or cannot be read: what it is and what to send instead.
    """
    kind = kind_of(content)
    if kind == "pdf":
        return read_document(content)
    if kind in ("picture", "heif"):
        return read_picture(content)
    raise ValidationError(_instead(kind))


def _instead(kind: str) -> str:
    if kind == "video":
        return _("This is a video. Please send photos, or pictures taken from it.")
    if kind == "office":
        return _("This is an office document. Please save it as PDF, or send photos of it.")
    return _("This file is no photo (JPEG, HEIC, PNG, WebP) and no PDF that can be read.")
