"""Every kind of picture that a phone makes becomes an upright one of plain colours and of a fit size."""

import io

import numpy as np
import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from shige.files import plain_picture
from shige.files.bounds import TooManyError
from shige.files.kinds import kind_of
from shige.files.pictures import Picture, read_picture
from shige.files.plain_picture import LARGEST, WIDEST, drawn, fit

pillow_heif.register_heif_opener()


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of some kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def corners() -> Image.Image:
    """Return a picture whose corners tell which side is up: red, green, blue, white."""
    image = Image.new("RGB", (80, 60))
    for at, color in {(0, 0): "red", (40, 0): "lime", (0, 30): "blue", (40, 30): "white"}.items():
        image.paste(color, (*at, at[0] + 40, at[1] + 30))
    return image


def seen(picture: Picture) -> list[tuple[int, ...]]:
    """Return the colours of the four corners, roughly."""
    image = Image.open(io.BytesIO(picture.image))
    wide, high = image.width - 6, image.height - 6
    spots = [(5, 5), (wide, 5), (5, high), (wide, high)]
    return [tuple(round(value / 255) for value in image.getpixel(spot)) for spot in spots]  # type: ignore[union-attr]


UPRIGHT = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)]
TURNED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip
"""How a camera held in each way lays the picture down, by the number that EXIF then gives it."""


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_whichever_way_the_phone_was_held_the_picture_is_upright(kind: str, orientation: int) -> None:
    turn = TURNED[orientation]
    image = corners() if turn is None else corners().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = read_picture(written(image, kind, exif=exif))
    assert (read.width, read.height) == (80, 60) and seen(read) == UPRIGHT


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_kind_is_read(kind: str) -> None:
    content = written(corners(), kind)
    assert kind_of(content) in ("picture", "heif")
    assert seen(read_picture(content)) == UPRIGHT


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_mode_is_read(mode: str) -> None:
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    grey = corners().convert("L")
    image = (
        Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
        if mode == "I;16"
        else corners().convert(mode)
    )
    read = Image.open(io.BytesIO(read_picture(written(image, kind)).image))
    expected = corners().convert("L") if mode in ("L", "LA", "I;16") else None
    if expected is not None:
        got, wanted = (np.asarray(each.convert("L"), int)[5:-5:7, 5:-5:7] for each in (read, expected))
        assert abs(got - wanted).max() < 12


def test_what_is_transparent_is_white_and_an_animation_its_first_frame() -> None:
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert seen(read_picture(written(clear, "PNG"))) == [(1, 1, 1)] * 4
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    moving = written(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert seen(read_picture(moving)) == [(1, 0, 0)] * 4


def test_colours_of_a_wide_profile_are_worked_in() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    content = written(Image.new("RGB", (20, 20), (90, 120, 60)), "PNG", icc_profile=linear)
    read = Image.open(io.BytesIO(read_picture(content).image))
    assert "icc_profile" not in read.info
    assert (
        "icc_profile"
        not in Image.open(io.BytesIO(read_picture(written(corners(), "PNG", icc_profile=b"no")).image)).info
    )


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1600, 2133)),
        ((1080, 12000), (1080, 12000)),
        ((1170, 20000), (967, 16538)),
        ((800, 600), (800, 600)),
        ((1, 1), (1, 1)),
        ((60000, 2), (1600, 1)),
    ],
)
def test_width_and_area_are_limited_so_that_a_long_screenshot_stays_legible(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert fit(*size) == kept
    assert kept[0] <= WIDEST and kept[0] * kept[1] <= LARGEST * 1.001


def test_a_long_screenshot_keeps_its_lines() -> None:
    lines = np.full((9000, 1080), 255, np.uint8)
    lines[::4] = 0
    read = read_picture(written(Image.fromarray(lines), "PNG"))
    assert (read.width, read.height) == (1080, 9000)
    kept = np.asarray(Image.open(io.BytesIO(read.image)).convert("L"), int)[4000:4040, 500]
    assert kept[::4].max() < 60 and kept[2::4].min() > 200


def test_a_jpeg_of_very_many_pixels_is_decoded_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_picture, "MOST_PIXELS", 13_000_000)
    assert drawn(written(Image.new("RGB", (8000, 6000), "red"), "JPEG")).size == (1600, 1200)
    with pytest.raises(TooManyError):
        drawn(written(Image.new("RGB", (8000, 6000), "red"), "PNG"))


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ValidationError, match="too many pixels"):
        read_picture(written(Image.new("1", (30_000, 30_000)), "PNG"))


def test_a_heic_that_cannot_be_read_names_the_setting_of_the_phone() -> None:
    with pytest.raises(ValidationError, match="Most Compatible"):
        read_picture(b"\0\0\0\x18ftypheic" + bytes(600))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7])
def test_what_was_cut_off_is_refused_with_advice(kind: str, part: float) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    content = written(noise, kind)
    with pytest.raises(ValidationError, match=r"once more|Most Compatible"):
        read_picture(content[: max(12, int(len(content) * part))])
