"""Digits as people write them: full-width, circled, Chinese, with marks that nobody sees in between."""

import unicodedata
from typing import Final

from .normal import visible

CHINESE: Final = dict(
    zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "0001234567891123456789236", strict=True)
)
"""Chinese numerals as single digits: as they are read aloud (一三八 is 138, 幺 is 1)."""


def digit(character: str) -> str:
    """Return the digit 0-9 that a character stands for; empty where it stands for none."""
    if character.isascii():
        return character if character.isdigit() else ""
    if character in CHINESE:
        return CHINESE[character]
    value = unicodedata.digit(character, None)
    if value is None:  # emoji of keys are an ASCII digit with marks; ⑴ and ➀ are digits to Unicode
        return ""
    return str(value)


def narrow(text: str) -> str:
    """Return a text in narrow letters and digits, without what shows nothing; line ends become blanks."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    return visible(unicodedata.normalize("NFKC", visible(spaced)))
