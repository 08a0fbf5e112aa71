"""Photos made safe: type told by content, position and camera data gone, size fit for a page."""

import io
from dataclasses import dataclass
from typing import IO, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST: Final = 1600
THUMBNAIL: Final = 320
MOST_PIXELS: Final = 60_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
UNREADABLE: Final = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo re-encoded as JPEG, and its thumbnail; nothing else of the original is kept."""

    kind: ClassVar[str] = "picture"
    image: bytes
    thumbnail: bytes
    width: int
    height: int


def is_picture(content: bytes) -> bool:
    """Say whether content begins as a picture of a kind that is taken."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS):
            return True
    except UNREADABLE:
        return False


def read_picture(file: IO[bytes]) -> Picture:
    """Read an uploaded photo.

    Raises
    ------
    ValidationError
        It has too many pixels, or is no picture that can be read.
    """
    try:
        with Image.open(file, formats=FORMATS) as original:
            if original.width * original.height > MOST_PIXELS:
                raise ValidationError(_("This photo has too many pixels. Please send a smaller one."))
            upright = ImageOps.exif_transpose(original)
            flat = _on_white(upright)
    except UNREADABLE as error:
        raise ValidationError(_("This file is not a photo that can be read (JPEG, PNG or WebP).")) from error
    image, thumbnail = (_encoded(flat, longest) for longest in (LONGEST, THUMBNAIL))
    flat.thumbnail((LONGEST, LONGEST))
    return Picture(image, thumbnail, flat.width, flat.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the bare pixels, what was transparent on white: no EXIF, no profile, no comment."""
    layered = image.convert("RGBA")
    bare = Image.new("RGB", image.size, "white")
    bare.paste(layered, mask=layered.getchannel("A"))
    return bare


def _encoded(image: Image.Image, longest: int) -> bytes:
    fitted = image.copy()
    fitted.thumbnail((longest, longest))
    written = io.BytesIO()
    fitted.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()
