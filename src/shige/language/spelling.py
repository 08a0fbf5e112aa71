"""How names of places are spelled: one form for comparing, pinyin, first letters, keys of an index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pypinyin import lazy_pinyin

from .counts import FORMAL
from .normal import normalised

HAN: Final = "㐀-䶿一-鿿豈-﫿𠀀-𲎯〇"
LONGEST: Final = 120
"""Characters of an address that are looked at."""

GENERIC: Final = (
    "住宅小区", "小区", "花园", "家园", "公寓", "宿舍", "大厦", "广场", "新村", "新城", "新苑", "花苑",
    "雅苑", "雅居", "大院", "老院", "院子", "商务中心", "中心", "华庭", "苑", "园", "院", "府", "城", "湾",
    "庭", "居", "里", "坊", "村",
)  # fmt: skip
"""Ends of names that say what it is, which people leave out or exchange."""

TAILS: Final = frozenset(end for end in GENERIC if len(end) > 1) - {
    "住宅小区",
    "小区",
    "大院",
    "老院",
    "院子",
}
"""Ends by which people call one compound where no other near by ends so: 华庭 of 玉兰华庭."""

KEPT: Final = 32_768
"""Spellings that are remembered, at 0.7 kB each: more than a city of 8,000,000 doors has names.

A search rates dozens of names, and to spell one anew takes ten times as long as the rest of its rating.
"""

_FOLDS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """Return a text in the form in which addresses are compared: half-width, simplified, nothing unseen."""
    return re.sub(r"\s+", " ", normalised(text[:LONGEST]))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in the ways in which people spell it.

    ``text`` is compared character by character, ``sounds`` has one folded syllable for each character (a
    Latin word or number counts as one), ``syllables`` the same as they are typed, ``pinyin`` and ``initials``
    are what is typed on a small keyboard.
    """

    text: str
    stem: str
    sounds: tuple[str, ...]
    syllables: tuple[str, ...]
    pinyin: str
    initials: str


@lru_cache(maxsize=KEPT)
def spelled(name: str) -> Spelling:
    """Return how a name is spelled."""
    text = re.sub(r"[\s·.,，'’\-]", "", plain(name)).translate(FORMAL)
    words = list(_words(text))
    syllables = _syllables_in(text, words)
    return Spelling(
        text=text,
        stem=stem_of(text),
        sounds=tuple(folded(syllable) for syllable in syllables),
        syllables=tuple(syllables),
        pinyin="".join(syllables),
        initials="".join(
            syllable if word.isascii() else syllable[0]
            for word, syllable in zip(words, syllables, strict=True)
        ),
    )


def stem_of(text: str) -> str:
    """Return a name without the end that says what it is, where at least two characters stay."""
    for end in GENERIC:
        if text.endswith(end) and len(text) - len(end) >= 2:
            return text[: -len(end)]
    return text


def folded(syllable: str) -> str:
    """Return a syllable so that what sounds alike in the south-west is equal: n/l, z/zh, -n/-ng."""
    for heard, meant in _FOLDS:
        syllable = (
            syllable.replace(heard, meant)
            if heard[0] in "zcs"
            else syllable.removesuffix(heard) + (meant if syllable.endswith(heard) else "")
        )
    return "l" + syllable[1:] if syllable.startswith("n") and len(syllable) > 1 else syllable


def keys_of(name: str) -> list[str]:
    """Return the keys of a name, which a text that may mean it has as well.

    Pairs of neighbouring characters and of those with one between (one of three may be wrong), pairs of
    sounds, the first letters, and the beginnings of the pinyin. What lies within a generic end alone is no
    key, for thousands of names share it.
    """
    said = spelled(name)
    words = list(_words(said.text))
    own = len(list(_words(said.stem)))
    keys = {word for word in words if word.isascii() and not word.isdigit()}
    for gap in (1, 2):
        for i in range(min(own, max(len(words) - gap, 0))):
            keys.add(words[i] + ("*" if gap == 2 else "") + words[i + gap])
    keys |= {f"~{a}{b}" for a, b in zip(said.sounds[:own], said.sounds[1:], strict=False)}
    if len(words) == 1:
        keys.add(said.text)
    if not said.text.isascii():
        keys |= {f"={said.initials[:length]}" for length in range(min(own, 2), len(said.initials) + 1)}
    return sorted(keys)


def index_keys(name: str) -> set[str]:
    """Return the keys under which a name is stored: its own, and one for an end by which it may be called."""
    return {*keys_of(name), *(f"${end}" for end in TAILS if spelled(name).text.endswith(end))}


def asked_keys(text: str) -> list[str]:
    """Return the keys by which what somebody wrote is looked up: of an end alone (华庭) no more than that."""
    if text in TAILS:
        return [text, f"${text}"]
    return latin_keys(text) if text.isascii() else keys_of(text)


def latin_keys(text: str) -> list[str]:
    """Return the keys of a text in Latin letters: as pinyin, as first letters, as a word of its own."""
    joined = re.sub(r"[^a-z0-9]", "", text)
    parts = [part for word in re.findall("[a-z0-9]+", text) for part in pieces_of(word)]
    syllables = [folded(part) for part in parts if part in _syllables()]
    keys = {joined, f"={joined}", "=" + "".join(part[0] for part in parts), f"={own_letters(joined)}"}
    keys |= {*re.findall(r"[a-z]+\d*|\d+[a-z]+", text), *(f"~{a}{b}" for a, b in pairwise(syllables))}
    return sorted(keys)


def own_letters(letters: str) -> str:
    """Return first letters without those of 小区, by which people call what ends otherwise: ht of htxq."""
    return re.sub(r"(?<=..)xq?$", "", letters)


def pieces_of(text: str) -> list[str]:
    """Return Latin letters parted into pinyin syllables, with as few letters between them as may be."""
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(text) + 1):
        options = [(best[end - 1][0] + 3, [*best[end - 1][1], text[end - 1]])]
        for start in range(max(0, end - 6), end):
            if text[start:end] in _syllables():
                lost, before = best[start]
                options.append((lost + 1, [*before, text[start:end]]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Return the syllables of the common characters."""
    common = (chr(code) for code in range(0x4E00, 0x9FA6))
    return frozenset(syllable for char in common for syllable in lazy_pinyin(char) if syllable.isascii())


def _words(text: str) -> Iterator[str]:
    """Yield each Chinese character, and each run of Latin letters and digits as one word."""
    yield from re.findall(rf"[{HAN}]|[a-z0-9#]+", text)


def _syllables_in(text: str, words: list[str]) -> list[str]:
    """Return a syllable for each word, as the phrase reads it (重庆 is chongqing) where it has as many."""
    together = [
        part
        for run in re.findall(rf"[{HAN}]+|[a-z0-9#]+", text)
        for part in ([run] if run.isascii() else lazy_pinyin(run))
    ]
    if len(together) == len(words):
        return together
    return [word if word.isascii() else lazy_pinyin(word)[0] for word in words]
