"""Photos made safe: drawn anew in a box, so that nothing of the original is kept but what one sees."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .bounds import TOO_LARGE, TOO_MANY, TOO_SLOW
from .kinds import kind_of
from .sandbox import read_in_box, too_slow

DRAWER: Final = "shige.files.plain_picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo re-encoded as JPEG, and its thumbnail; nothing else of the original is kept."""

    kind: ClassVar[str] = "picture"
    image: bytes
    thumbnail: bytes
    width: int
    height: int


def read_picture(content: bytes) -> Picture:
    """Read an uploaded photo; of an animation the first frame.

    Raises
    ------
    ValidationError
        It has too many pixels, takes more time or memory than it may, or is no picture that can be read.
    """
    read = read_in_box(DRAWER, content)
    if read.status == TOO_MANY:
        raise ValidationError(_("This photo has too many pixels. Please send a smaller one."))
    if read.status == TOO_LARGE:
        raise ValidationError(
            _("This photo unpacks to more than can be opened here. Please send a screenshot of it.")
        )
    if read.status == TOO_SLOW:
        raise too_slow()
    if read.status:
        raise ValidationError(_unread(content))
    image, thumbnail = read.parts
    return Picture(image, thumbnail, read.about["width"], read.about["height"])


def _unread(content: bytes) -> str:
    """Say what to do about a picture that cannot be read; a phone's own kind has a setting of its own."""
    if kind_of(content) == "heif":
        return _(
            "This HEIC photo cannot be read. On an iPhone choose Settings, Camera, Formats, “Most Compatible”"
            " (on other phones switch off HEIF in the camera) and take it again, or send a screenshot of it."
        )
    return _("This photo is damaged or incomplete. Please choose it once more, or send a screenshot of it.")
