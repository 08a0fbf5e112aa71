"""Draw a photo anew: position and camera data gone, upright, in plain colours, of a size fit for a page.

A small program of its own, ``python -m shige.files.plain_picture``, run in a box (``box``): a hostile
picture may ask for any amount of memory and time.
"""

import copy  # noqa: F401 (Pillow loads it only when it shrinks a palette, which is too late in a box)
import io
import sys
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .bounds import TooManyError, serve

WIDEST: Final = 1600
LARGEST: Final = 16_000_000
"""Width and area (pixels) of a kept picture: a long screenshot keeps its width, so its words stay legible.
``frontend/src/page/files/photo-size.ts`` has the same two numbers."""

THUMBNAIL: Final = 320
MOST_PIXELS: Final = 60_000_000
"""Pixels that are decoded; a JPEG of more is decoded at a half, a quarter or an eighth of its size."""

MEMORY: Final = 1 << 30
"""Bytes in which the largest of them is drawn."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
IN_BOXES: Final = ("HEIF", "AVIF")
"""Formats in boxes (ISO/IEC 14496-12), whose decoder takes as long to load as all else."""

DAMAGED: Final = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError, TypeError, KeyError,
)  # fmt: skip
"""What decoders raise on a damaged file."""

DEEP: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
"""Modes with more than 8 bits for a pixel."""

SHRINKABLE: Final = ("L", "LA", "RGB", "RGBA", "CMYK")
"""Modes that can be made smaller before all else, so that a large picture is held once only."""


def drawn(content: bytes) -> Image.Image:
    """Return a picture as it is kept; of an animation the first frame.

    Raises
    ------
    TooManyError
        It has more than ``MOST_PIXELS``.
    Exception
        One of ``DAMAGED``: it cannot be read.
    """
    with Image.open(io.BytesIO(content), formats=_formats(content)) as original:
        _draft(original)
        if original.width * original.height > MOST_PIXELS:
            raise TooManyError
        original.load()
        return _fitted(original)


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
    upright = ImageOps.exif_transpose(_shrunk(original))
    plain = _on_white(_in_srgb(_eight_bits(upright)))
    return plain.resize(fit(*plain.size), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _shrunk(original: Image.Image) -> Image.Image:
    """Return a very large picture at a whole fraction of its size, not below that in which it is kept."""
    wide, high = original.size
    least = min(min(wide / w, high / h) for w, h in (fit(wide, high), fit(high, wide)[::-1]))
    if least < 2 or original.mode in DEEP:
        return original
    plain = original if original.mode in SHRINKABLE else original.convert(_plain_mode(original))
    smaller = plain.reduce(int(least))
    smaller.info = {key: value for key, value in original.info.items() if key != "transparency"}
    smaller.getexif().update(original.getexif())
    return smaller


def _plain_mode(original: Image.Image) -> str:
    if original.mode == "1":
        return "L"
    return "RGBA" if "transparency" in original.info else "RGB"


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


def _formats(content: bytes) -> tuple[str, ...]:
    if content[4:8] != b"ftyp":
        return FORMATS
    import pillow_heif

    pillow_heif.register_heif_opener()
    return IN_BOXES


def load(content: bytes) -> None:
    """Load every decoder that may be asked for this content, before nothing can be opened any more."""
    Image.init()
    _formats(content)


def handed(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the size of a picture drawn anew; the picture, and a small one of it."""
    try:
        picture = drawn(content)
    except Image.DecompressionBombError as error:
        raise TooManyError from error
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return {"width": picture.width, "height": picture.height}, [_encoded(picture), _encoded(small)]


if __name__ == "__main__":
    sys.exit(serve(MEMORY, handed, DAMAGED, load))
