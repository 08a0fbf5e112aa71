"""What was typed, trimmed; what shows nothing is nothing."""

import unicodedata

from .normal import visible


def trimmed(text: str) -> str:
    """Return a text without blanks around it; empty where nobody could see any of it.

    Invisible characters alone, or marks without a letter under them, are no words and no name.
    """
    said = text.strip()
    return said if any(_shows(char) for char in visible(said)) else ""


def _shows(char: str) -> bool:
    return unicodedata.category(char)[0] not in "MZC"
