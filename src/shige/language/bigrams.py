"""Search in Chinese without a dictionary: text as pairs of neighbouring characters."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
"""Letters of a word that count; PostgreSQL takes no word of over 2,046 bytes."""

_HAN: Final = r"㐀-䶿一-鿿豈-﫿"
_RUNS: Final = re.compile(rf"[{_HAN}]+|[a-z0-9]+")


def bigrams(text: str) -> list[str]:
    """Return the search words of a text: pairs of Chinese characters, and each Latin word or number whole.

    Wide digits and letters count as narrow ones. A run of one Chinese character is itself a word. Equal
    text gives equal words, so that a search finds what holds all words of the query.
    """
    words: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            words.append(run[:LONGEST])
        else:
            words.extend(run[i : i + 2] for i in range(len(run) - 1))
    return words
