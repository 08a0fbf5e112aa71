"""Short names of grids, as the map writes them."""

import re

from shige.trust.jurisdiction import profile


def label_of(level: str, name: str) -> str:
    """Return a short name: the number of a general grid, others without the word for their level."""
    if level == "general":
        numbers = re.findall(r"\d+", name)
        return str(numbers[-1]) if numbers else name
    word = profile().level(level).grid
    return name.removesuffix(word.zh).removesuffix(word.en).strip() or name if word else name
