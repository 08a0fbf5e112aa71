"""Whether words name somebody: also spaced out, by sound, in traditional characters, or in letters.

A neighbour knows a worker by ear: 刘仁杰 is written 刘人杰, 刘 仁 杰, 劉仁傑 or Liu Renjie.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pypinyin import lazy_pinyin

from .normal import normalised
from .spelling import HAN
from .surnames import COMPOUND, SURNAMES

BY_SOUND: Final = 3
"""Characters from which a name is also known by its sound: a shorter one sounds like too many words."""

_FAMILY: Final = re.compile(rf"(?:{COMPOUND}|[{SURNAMES}])(?=[{HAN}]{{1,2}}$)")
_CALLED: Final = (
    "(?<!楼上)(?<!楼下)(?<!楼上的)(?<!楼下的)(?<!隔壁)(?<!隔壁的)(?<!对门)(?<!对门的)(?<!邻居)(?<!房东)(?<!租客)(?<!物业)(?<!保安)"
    "(?P<called>[小老阿大]%(family)s|%(family)s(?:某某?|[xX]{1,2}|姐|哥|大姐|大哥|孃孃|嬢嬢))"
    "(?!家|店|师傅|老板|总|医生)"
)

_RUN: Final = re.compile(f"[{HAN}]+")
_BETWEEN: Final = re.compile(rf"(?<=[{HAN}])[^\w]+(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, ready to be searched for names: without what stands between characters, and in letters alone.

    ``places`` tells where each character stands.
    """

    text: str
    letters: str
    characters: frozenset[str]
    places: Mapping[str, Sequence[int]]


def searchable(words: str) -> Words:
    """Return words as ``names`` takes them."""
    text = _BETWEEN.sub("", normalised(words))
    places: dict[str, list[int]] = defaultdict(list)
    for at, char in enumerate(text):
        places[char].append(at)
    return Words(text, re.sub("[^a-z]+", " ", text), frozenset(places), places)


def names(words: Words, name: str) -> bool:
    """Say whether words name somebody called ``name``; its sound counts from ``BY_SOUND`` characters on."""
    return bool(written(words, name))


def written(words: Words, name: str) -> str:
    """Return a name as it stands in the text of words, however it is spelled; empty where it does not."""
    name = _plain(name)
    if name in words.text:
        return name
    if len(name) < BY_SOUND or not _RUN.fullmatch(name):
        return ""
    if not words.characters.isdisjoint(name) and (heard := _heard(words, name)):
        return heard
    if words.letters == " ":
        return ""
    form = next((form for form in _in_letters(name) if form in words.letters), None)
    found = form and re.search("[^a-z]+".join(map(re.escape, form.split())), words.text)
    return found[0] if found else ""


def called(words: Words, name: str) -> str:
    """Return how words call somebody by the family name, as neighbours do (小刘, 刘姐, 刘某); empty if not.

    Where another neighbour is meant (楼上的小刘, 小刘家), or somebody of a trade, nobody is.
    """
    family = _FAMILY.match(_plain(name))
    if family is None:
        return ""
    found = re.search(_CALLED % {"family": re.escape(family[0])}, words.text)
    return found["called"] if found else ""


def _heard(words: Words, name: str) -> str:
    """Return what sounds like a name in a text, one character of it its own; empty where nothing does."""
    text = words.text
    starts = {at - i for i, own in enumerate(name) for at in words.places.get(own, ())}
    for start in sorted(starts):
        part = text[start : start + len(name)] if start >= 0 else ""
        if len(part) == len(name) and _sounds(part) == _sounds(name):
            return part
    return ""


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
