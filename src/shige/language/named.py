"""Whether words name somebody: also spaced out, by sound, in traditional characters, or in letters.

A neighbour knows a worker by ear: 刘仁杰 is written 刘人杰, 刘 仁 杰, 劉仁傑 or Liu Renjie.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pypinyin import lazy_pinyin

from .normal import normalised
from .spelling import HAN

BY_SOUND: Final = 3
"""Characters from which a name is also known by its sound: a shorter one sounds like too many words."""

_RUN: Final = re.compile(f"[{HAN}]+")
_BETWEEN: Final = re.compile(rf"(?<=[{HAN}])[^\w]+(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, ready to be searched for names: without what stands between characters, and in letters alone."""

    text: str
    letters: str
    characters: frozenset[str]


def searchable(words: str) -> Words:
    """Return words as ``names`` takes them."""
    text = _BETWEEN.sub("", normalised(words))
    return Words(text, re.sub("[^a-z]+", " ", text), frozenset(text))


def names(words: Words, name: str) -> bool:
    """Say whether words name somebody called ``name``; its sound counts from ``BY_SOUND`` characters on."""
    name = _plain(name)
    if name in words.text:
        return True
    if len(name) < BY_SOUND or not _RUN.fullmatch(name):
        return False
    if not words.characters.isdisjoint(name) and _heard(words.text, name):
        return True
    return words.letters != " " and any(form in words.letters for form in _in_letters(name))


def _heard(text: str, name: str) -> bool:
    """Say whether characters that sound like a name stand in a text, one of them its own."""
    parts = (text[at : at + len(name)] for at in range(len(text) - len(name) + 1))
    alike = (part for part in parts if any(one == other for one, other in zip(part, name, strict=True)))
    return any(_sounds(part) == _sounds(name) for part in alike)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return the name of somebody who serves in its form for matching: the same few are asked for all day."""
    return normalised(name)


@lru_cache(maxsize=4096)
def _sounds(run: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(run))


@lru_cache(maxsize=4096)
def _in_letters(name: str) -> tuple[str, ...]:
    """Return the spellings of a name in letters, family name first or last, joined or apart."""
    family, *given = lazy_pinyin(name)
    joined, apart = "".join(given), " ".join(given)
    orders: Sequence[tuple[str, str]] = [(family, joined), (family, apart), (joined, family), (apart, family)]
    return tuple(" ".join(order) for order in orders)
