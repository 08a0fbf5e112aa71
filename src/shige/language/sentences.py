"""What somebody typed as the sentences in which it is looked for signs, in the words the program reads."""

import re
from collections.abc import Iterator
from typing import Final

from shige.language.latest import latest
from shige.language.normal import normalised
from shige.language.pinyin import in_characters
from shige.profile import Profile
from shige.profile.equivalents import Equivalents
from shige.profile.phrases import readings

PASSAGE: Final = 60
"""Characters of a passage, in Latin letters twice as many; more where one clause has more."""

CLAUSE: Final = 4
"""Characters that a clause must have to be judged apart."""

MOST_PASSAGES: Final = 16

_NUMBER: Final = re.compile(r"\d{5,}")  # a telephone says nothing of what happened
_CALL_ME: Final = re.compile(
    r"(?<![^\s,，、。.!?;])(?:(?:有|需要|到|来|上门|修)?(?:什么)?(?:事情?|情况|问题|消息|结果|好了|了)?(?:之前|的?时候)?)"
    r"(?:请|麻烦|就|可以|再|先|提前|直接|随时|您|你们?)*"
    r"(?:打个?电话给我|(?:给我|跟我)(?:来|打)个?电话|打个?我的?(?:电话|手机|座机))"
    r"(?:哈|嘛|就行|就好|就可以|即可|谢谢)*(?=$|[\s,，、。.!?;])"
)  # a clause that only asks to be called back: 打我电话 sounds like blows
_COMMA: Final = re.compile(r"(?<=[,，、])")
_END: Final = re.compile(r"(?<=[。!?;])|(?<=[.:])(?=\s|$)")


@latest
def sentences(profile: Profile, text: str) -> tuple[str, ...]:
    """Return the sentences of a text, each once, normalised and with dialect read as what it means.

    Where spaces stand beside Chinese a text is read twice: the spaces end a sentence, and they say nothing.
    """
    spoken = dict.fromkeys(readings(in_characters(normalised(text))))
    parts = [part for reading in spoken for part in _END.split(profile.equivalents.applied(reading))]
    return tuple(dict.fromkeys(part for part in map(str.strip, parts) if re.search(r"\w", part)))


def passages(equivalents: Equivalents, text: str) -> tuple[str, ...]:
    """Return a text in passages of about a sentence or two, for what compares meanings.

    A danger in the midst of a long story would be lost in one row of numbers for all of it; a sentence that
    is itself a story is parted at its commas. Of a very long text the beginning and the end are looked at.
    """
    said = _CALL_ME.sub("", _NUMBER.sub("", equivalents.applied(in_characters(normalised(text)))))
    grouped: list[str] = []
    for part in _short_parts(said.replace("\n", "。")):
        if grouped and length(grouped[-1]) + length(part) <= PASSAGE:
            grouped[-1] += part
        else:
            grouped.append(part)
    told = [group for group in grouped if re.search(r"\w", group)]
    return tuple(told if len(told) <= MOST_PASSAGES else [*told[: MOST_PASSAGES - 4], *told[-4:]])


@latest
def views(equivalents: Equivalents, text: str) -> tuple[str, ...]:
    """Return the passages of a text and, of several, the whole as well: some tell only together."""
    parts = passages(equivalents, text)
    return (*parts, " ".join(parts)) if len(parts) > 1 else parts


def clauses(equivalents: Equivalents, text: str) -> tuple[str, ...]:
    """Return the clauses of a text that has several, for harm that is said beside something else.

    As a whole 楼道灯坏了，他打我的事不用管 is much like a lamp. What is too short says nothing.
    """
    told = [
        clause.strip(" ,，、.。!?;")
        for passage in passages(equivalents, text)
        for sentence in _END.split(passage)
        for clause in _COMMA.split(sentence)
    ]
    apart = tuple(dict.fromkeys(clause for clause in told if length(clause) >= CLAUSE))
    return apart[:MOST_PASSAGES] if len([clause for clause in told if clause]) > 1 else ()


def _short_parts(said: str) -> Iterator[str]:
    for sentence in filter(None, map(str.strip, _END.split(said))):
        yield from _COMMA.split(sentence) if length(sentence) > PASSAGE else (sentence,)


def length(text: str) -> float:
    """Return how many Chinese characters say about as much; a Latin letter says less than one."""
    latin = sum(char.isascii() for char in text)
    return len(text) - latin / 2
