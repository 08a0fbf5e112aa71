"""Text as people type it, brought to one form for matching: never for showing or keeping.

Width and compatibility forms (NFKC), case, invisible and directional characters, traditional characters
(OpenCC), signs and letters said several times; then, with a profile, dialect and slips (`equivalents`).
"""

import re
import unicodedata
from functools import cache
from typing import Final

from opencc import OpenCC

from shige.profile import Profile

LONGEST: Final = 20_000
"""Characters that are looked at; nobody types more, and whoever pastes more said it in these."""

_SHOW_NOTHING: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_PRINTS_NOTHING: Final = re.compile(f"[{''.join(_SHOW_NOTHING)}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What Unicode calls printable though it shows nothing; all else that shows nothing is not printable."""

_LETTERS_AGAIN: Final = re.compile(r"([^\W\d])\1{2,}")  # 救命啊啊啊, heeelp; digits are telephone numbers
_SIGNS_AGAIN: Final = re.compile(r"([^\w\s])\1+")


def normalised(text: str) -> str:
    """Return a text in the form for matching: simplified, half-width, lower case, nothing invisible.

    Line breaks stay, for they end a sentence; other blanks become one space each.
    """
    plain = unicodedata.normalize("NFKC", visible(text[:LONGEST]))
    plain = visible(plain).casefold().replace("’", "'").replace("‘", "'")
    plain = re.sub(r"[^\S\n]+", " ", plain).strip()
    plain = _converter().convert(plain)
    return _SIGNS_AGAIN.sub(r"\1", _LETTERS_AGAIN.sub(r"\1", plain))


def as_said(profile: Profile, text: str) -> str:
    """Return a text normalised, in the words that the program reads: 娃儿 as 孩子, 遭 as 被 (`equivalents`).

    Spaces inside Chinese words would hide them from the pairs, but people also write a space for a comma:
    they stay, and whoever matches reads both ways (`shige.profile.phrases.readings`).
    """
    return profile.equivalents.applied(normalised(text))


def visible(text: str) -> str:
    """Return a text without characters that show nothing: zero width, directional, fillers, surrogates.

    Blanks and line breaks are kept.
    """
    if text.isprintable() and not _PRINTS_NOTHING.search(text):
        return text
    return "".join(char for char in text if char in "\n\t" or not _shows_nothing(char))


def _shows_nothing(char: str) -> bool:
    if char.isascii():
        return not char.isprintable() and not char.isspace()
    if char in _SHOW_NOTHING or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return True
    return unicodedata.category(char) in ("Cf", "Cc", "Cs")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
