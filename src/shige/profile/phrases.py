"""Phrases of a profile looked up in what people type: Chinese by characters, other scripts by words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

CLAUSE_END = "。"
_ENDS_CLAUSE = "。，,.!！?？;；、:：…"
_GAP = rf"[^{_ENDS_CLAUSE}]{{0,6}}?"  # what `*` stands for
_CHINESE = r"[㐀-鿿]"
_SPACE_BESIDE_CHINESE = re.compile(rf"(?<={_CHINESE})\s+|\s+(?={_CHINESE})")


def readings(text: str) -> tuple[str, str]:
    """Return a text in two readings: spaces beside Chinese end a clause, and spaces there mean nothing.

    People write `关了没有 煤气味` with a space for a comma, and `煤 气 味` with spaces for nothing.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    plain = re.sub(r"\s+", lambda blank: CLAUSE_END if "\n" in blank[0] else " ", plain.strip())
    return _SPACE_BESIDE_CHINESE.sub(CLAUSE_END, plain), _SPACE_BESIDE_CHINESE.sub("", plain)


def occurrences(phrase: str, text: str) -> Iterator[re.Match[str]]:
    """Yield where a phrase stands in a reading of a text."""
    for part in _parts(phrase):
        if part not in text:  # far quicker than the pattern, and mostly decides
            return
    yield from pattern(phrase).finditer(text)


def needle(phrase: str) -> str:
    """Return the longest part of a phrase: where that is not in a text, the phrase is not either.

    A profile has thousands of phrases of which a text holds a few, so this decides quickest.
    """
    return max(_parts(phrase), key=len)


@lru_cache(maxsize=8192)
def pattern(phrase: str) -> re.Pattern[str]:
    """Compile a phrase: `*` stands for up to six characters within a clause, Latin words match whole."""
    return re.compile(_GAP.join(_whole_words(part) for part in _parts(phrase)))


@lru_cache(maxsize=1024)
def ending(phrase: str) -> re.Pattern[str]:
    """Compile a phrase so that it matches at the end of a text only."""
    return re.compile(pattern(phrase).pattern + r"\s?$")


def weight(phrase: str) -> int:
    """Return how much a phrase says: two for a Chinese character, one for any other letter or digit."""
    return sum(2 if re.match(_CHINESE, char) else char.isalnum() for char in phrase)


@lru_cache(maxsize=8192)
def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", phrase).casefold().split("*"))


def _whole_words(part: str) -> str:
    begins = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", part) else ""
    ends = r"(?:e?s)?(?![a-z0-9])" if re.search(r"[a-z0-9]$", part) else ""
    return begins + re.escape(part) + ends
