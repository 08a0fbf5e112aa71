"""Search in Chinese without a dictionary: text as pairs of neighbouring characters."""

import re
import unicodedata
from typing import Final

PAIRED: Final = "㐀-䶿一-鿿豈-﫿〇々\U00020000-\U000323af\ua000-\ua48c\u0f40-\u0fbc"
"""Scripts without blanks between words: Han of every plane (𠮷), 〇, Yi and Tibetan."""

LONGEST: Final = 60
"""Letters of a word that count; PostgreSQL takes no word of over 2,046 bytes."""

_RUNS: Final = re.compile(rf"[{PAIRED}]+|[a-z]+|[0-9]+")


def bigrams(text: str) -> list[str]:
    """Return the search words of a text: pairs of Chinese characters, each Latin word and each number whole.

    Wide digits and letters count as narrow ones; 3栋A座 is 3, 栋, a, 座. A run of one Chinese character is
    itself a word. Equal text gives equal words, so that a search finds what holds all words of the query.
    """
    words: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            words.append(run[:LONGEST])
        else:
            words.extend(run[i : i + 2] for i in range(len(run) - 1))
    return words
