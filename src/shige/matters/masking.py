"""Hide telephone and ID numbers that people type into ordinary text."""

import re
from typing import Final

_GAP = r"[ \-–—.·\u3000]?"
_DIGIT = r"(?<!\d)"

NUMBERS: Final = tuple(
    re.compile(form)
    for form in (
        # ID card of 18 characters, also in the usual groups of 6-8-4; then the old one of 15 digits.
        rf"{_DIGIT}[1-9１-９]\d{{5}}{_GAP}[12１２]\d{{7}}{_GAP}\d{{3}}[\dXxＸｘ](?!\d)",
        rf"{_DIGIT}[1-9１-９]\d{{14}}(?!\d)",
        # Mobile, with or without the country code and gaps.
        rf"(?<![\d.])(?:(?:\+|＋|00)?86{_GAP})?[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)",
        # Landline with area code.
        rf"{_DIGIT}[(（]?[0０][1-9１-９]\d{{1,2}}[)）]?{_GAP}[2-9２-９]\d{{2,3}}{_GAP}\d{{4}}(?!\d)",
    )
)


def masked(text: str) -> str:
    """Return ``text`` with every digit of a telephone or ID number as an asterisk."""
    for form in NUMBERS:
        text = form.sub(lambda found: re.sub(r"[\dXxＸｘ]", "*", found[0]), text)
    return text
