"""Photos made safe: position and camera data gone, upright, in plain colours, of a size fit for a page."""

import io
from dataclasses import dataclass
from typing import ClassVar, Final

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .kinds import kind_of

WIDEST: Final = 1600
LARGEST: Final = 16_000_000
"""Width and area (pixels) of a kept picture: a long screenshot keeps its width, so its words stay legible.
``frontend/src/shrink.ts`` has the same two numbers."""

THUMBNAIL: Final = 320
MOST_PIXELS: Final = 60_000_000
"""Pixels that are decoded; a JPEG of more is decoded at a half, a quarter or an eighth of its size."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
UNREADABLE: Final = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError, TypeError, KeyError,
    MemoryError,
)  # fmt: skip
"""What decoders raise on a damaged file."""

DEEP: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
"""Modes with more than 8 bits for a pixel."""

pillow_heif.register_heif_opener()


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
        It has too many pixels, or is no picture that can be read.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as original:
            _draft(original)
            if original.width * original.height > MOST_PIXELS:
                raise ValidationError(_("This photo has too many pixels. Please send a smaller one."))
            original.load()
            fitted = _fitted(original)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This photo has too many pixels. Please send a smaller one.")) from error
    except UNREADABLE as error:
        raise ValidationError(_unread(content)) from error
    small = fitted.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return Picture(_encoded(fitted), _encoded(small), fitted.width, fitted.height)


def fit(width: int, height: int) -> tuple[int, int]:
    """Return the size (pixels) in which a picture is kept: at most so wide, and of so large an area."""
    share = min(1.0, WIDEST / width, (LARGEST / (width * height)) ** 0.5)
    return max(1, round(width * share)), max(1, round(height * share))


def _draft(original: Image.Image) -> None:
    """Let a very large JPEG be decoded at a fraction of its size, not below that in which it is kept."""
    if original.format == "JPEG" and original.width * original.height > MOST_PIXELS:
        longer = max(fit(original.width, original.height) + fit(original.height, original.width))
        original.draft(None, (longer, longer))


def _fitted(original: Image.Image) -> Image.Image:
    """Return the bare pixels upright, in sRGB, in the size in which they are kept: no EXIF, no comment."""
    upright = ImageOps.exif_transpose(original)
    plain = _on_white(_in_srgb(_eight_bits(upright)))
    return plain.resize(fit(*plain.size), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of 16 or 32 bits with its range of greys, not with all above 255 cut off."""
    if image.mode not in DEEP:
        return image
    low, high = image.getextrema()
    least, most = (0.0, 65535.0) if image.mode.startswith("I;16") else (float(low), float(high))  # type: ignore[arg-type]
    spread = max(most - least, 1.0)
    scale, offset = 255 / spread, -least * 255 / spread
    return image.convert("F").point(lambda value: value * scale + offset).convert("L")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture whose own colour profile (print, wide gamut) is worked into its pixels."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _on_white(image: Image.Image) -> Image.Image:
    """Return opaque pixels, what was transparent on white."""
    if image.mode in ("RGB", "L", "CMYK", "YCbCr") and "transparency" not in image.info:
        bare = Image.new("RGB", image.size)
        bare.paste(image.convert("RGB"))
        return bare
    layered = image.convert("RGBA")
    bare = Image.new("RGB", image.size, "white")
    bare.paste(layered, mask=layered.getchannel("A"))
    return bare


def _encoded(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _unread(content: bytes) -> str:
    """Say what to do about a picture that cannot be read; a phone's own kind has a setting of its own."""
    if kind_of(content) == "heif":
        return _(
            "This HEIC photo cannot be read. On an iPhone choose Settings, Camera, Formats, “Most Compatible”"
            " (on other phones switch off HEIF in the camera) and take it again, or send a screenshot of it."
        )
    return _("This photo is damaged or incomplete. Please choose it once more, or send a screenshot of it.")
