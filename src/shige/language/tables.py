"""A table of signs looked up in a sentence: which kinds it tells of, and whether it only talks about them."""

import re

from shige.profile.phrases import CLAUSE_END
from shige.profile.signs import CompiledSigns, Held


def kinds_in(signs: CompiledSigns, sentence: str) -> tuple[str, ...]:
    """Return the kinds that a sentence has signs of, in the order of the table."""
    held = signs.held(sentence)
    return tuple(kind for kind in signs.signs if _tells_of(signs, kind, sentence, held))


def denied_in(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence holds a sign, every one of them denied."""
    held = signs.held(sentence)
    turns = [turn for turns in signs.signs.values() for turn in turns if turn.stands(sentence, held)]
    return bool(turns) and not any(signs.said(turn, sentence, held) for turn in turns)


def only_talks(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence is about something else that uses the same words, and shows nothing at hand."""
    held = signs.held(sentence)
    about = any(turn.stands(sentence, held) for turn in signs.harmless)
    return about and not any(turn.stands(sentence, held) for turn in signs.present)


def _tells_of(signs: CompiledSigns, kind: str, sentence: str, held: Held) -> bool:
    """Say whether a sentence holds a sign of a kind, once what means something else is taken out."""
    if not any(signs.said(turn, sentence, held) for turn in signs.signs[kind]):
        return False
    left = sentence
    for turn in signs.unless[kind]:
        if turn.stands(sentence, held):
            left = turn.pattern.sub(_ended, left)
    return left == sentence or any(signs.said(turn, left, held) for turn in signs.signs[kind])


def _ended(found: re.Match[str]) -> str:
    return CLAUSE_END * len(found[0])
