"""Names of grids: which can be given, and how short the map writes them."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.trust.jurisdiction import profile

from ..computation.lasting_names import LONGEST

SPOKEN: Final = re.compile(r"[^\W\d_]{2,}")
"""Two letters or characters in a row: what has none cannot be spoken."""


def spoken(name: str) -> str:
    """Return a name as it is kept.

    Raises
    ------
    ValidationError
        It cannot be spoken, or is too long.
    """
    said = trimmed(name)
    if not SPOKEN.search(said) or len(said) > LONGEST:
        raise ValidationError(_("Please give a name that can be spoken, not too long."))
    return said


def label_of(level: str, name: str) -> str:
    """Return a short name: the number of a general grid, others without the word for their level."""
    if level == "general":
        numbers = re.findall(r"\d+", name)
        return str(numbers[-1]) if numbers else name
    word = profile().level(level).grid
    return name.removesuffix(word.zh).removesuffix(word.en).strip() or name if word else name
