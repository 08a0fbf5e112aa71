"""Photos made safe: type told by content, position and camera data gone, size fit for a page."""

import io
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST: Final = 1600
THUMBNAIL: Final = 320
MOST_PIXELS: Final = 60_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo re-encoded as JPEG, and its thumbnail; nothing else of the original is kept."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


def read_picture(file: IO[bytes], size: int) -> Picture:
    """Read an uploaded photo of ``size`` bytes.

    Raises
    ------
    ValidationError
        It is larger than the limit, or no picture that can be read.
    """
    limit = settings.SHIGE_PHOTO_LIMIT
    if size > limit:
        raise ValidationError(
            _("This photo has %(size)d MB; at most %(limit)d MB can be sent. Everything else is kept.")
            % {"size": round(size / 2**20), "limit": limit // 2**20}
        )
    try:
        with Image.open(file, formats=FORMATS) as original:
            if original.width * original.height > MOST_PIXELS:
                raise ValidationError(_("This photo has too many pixels. Please send a smaller one."))
            upright = ImageOps.exif_transpose(original)
            flat = _on_white(upright)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This file is not a photo that can be read (JPEG, PNG or WebP).")) from error
    image, thumbnail = (_encoded(flat, longest) for longest in (LONGEST, THUMBNAIL))
    flat.thumbnail((LONGEST, LONGEST))
    return Picture(image, thumbnail, flat.width, flat.height)


def keep(picture: Picture) -> str:
    """Write a photo under the media folder and return its random name."""
    name = secrets.token_hex(16)
    for path, content in ((path_of(name), picture.image), (path_of(name, small=True), picture.thumbnail)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return name


def path_of(name: str, *, small: bool = False) -> Path:
    """Return where a kept photo lies; folders by the first two letters keep each one short."""
    return Path(settings.MEDIA_ROOT) / "photos" / name[:2] / f"{name}{'-s' if small else ''}.jpg"


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
