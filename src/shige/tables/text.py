"""The text of a file in whichever encoding it was saved, and its signs as a reader sees them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from shige.language.normal import visible

from .problems import UnreadableTable, WrongCell

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_PROBE: Final = 400
_MOSTLY: Final = 0.9
_UNKEEPABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd\uffff]")
_WIDE: Final = re.compile("[\uff01-\uff5e]")
_BREAKS: Final = re.compile(r"\s*[\r\n\t\u2028\u2029]\s*")
_NOTHING: Final = frozenset({"nan", "null", "none", "<na>", "nat"})
"""What programs write for a value that is not there."""


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, UTF-32 (with a mark) or GB18030.

    Raises
    ------
    UnreadableTable
        It is in none of them, or is UTF-8 with damaged places.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding).removeprefix("\ufeff")
    if encoding := _without_mark(content):
        return _strict(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged(content, error.start)
        return _strict(content, "gb18030")


def kept(text: str, *, lined: bool = False) -> str:
    """Return a text as it is kept: trimmed, without what shows nothing; "" for nothing at all.

    Unless it is ``lined``, it becomes one line.

    Raises
    ------
    WrongCell
        It holds a control character, half a character, or one that was lost on the way.
    """
    if found := _UNKEEPABLE.search(text):
        raise WrongCell("unkeepable", value=f"U+{ord(found[0]):04X}")
    plain = visible(text).strip()
    plain = plain.replace("\r\n", "\n").replace("\r", "\n") if lined else _BREAKS.sub(" ", plain)
    return "" if plain.lower() in _NOTHING else plain


def has_odd_signs(text: str) -> bool:
    """Whether a text holds full-width letters or digits, or characters that show nothing."""
    return bool(_WIDE.search(text)) or visible(text) != text


def plain(text: str) -> str:
    """Return a code, number or word of a list in half-width characters."""
    return unicodedata.normalize("NFKC", text).strip()


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTable("encoding") from error


def _without_mark(content: bytes) -> str:
    """UTF-16 without a mark shows in the zero bytes of its commas, digits and line breaks."""
    start = content[:_PROBE]
    zeros = [start[place::2].count(0) for place in (0, 1)]
    if sum(zeros) <= len(start) / 20:
        return ""
    low = max(zeros) / sum(zeros)
    return ("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le") if low > _MOSTLY else ""


def _refuse_damaged(content: bytes, where: int) -> None:
    """Refuse UTF-8 of which single bytes are broken: read as GB18030 it would be other words."""
    lenient = content.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    if sum(char > "\u2e7f" for char in lenient) - lost > 4 * lost:
        raise UnreadableTable("damaged_text", row=content.count(b"\n", 0, where) + 1)
