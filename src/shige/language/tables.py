"""A table of signs looked up in a sentence: which kinds it tells of, and whether it only talks about them."""

import re

from shige.profile.phrases import CLAUSE_END
from shige.profile.signs import CompiledSigns, Turn


def kinds_in(signs: CompiledSigns, sentence: str) -> tuple[str, ...]:
    """Return the kinds that a sentence has signs of, in the order of the table."""
    return tuple(kind for kind in signs.signs if turn_of(signs, kind, sentence))


def turn_of(signs: CompiledSigns, kind: str, sentence: str) -> Turn | None:
    """Return the first sign of a kind in a sentence, once what means something else is taken out."""
    held = signs.held(sentence)
    left = sentence
    for turn in signs.unless[kind]:
        if turn.found(sentence, held):
            left = turn.pattern.sub(_ended, left)
    return next((turn for turn in signs.signs[kind] if turn.found(left, held)), None)


def only_talks(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence is about something else that uses the same words, and shows nothing at hand."""
    held = signs.held(sentence)
    about = any(turn.found(sentence, held) for turn in signs.harmless)
    return about and not any(turn.found(sentence, held) for turn in signs.present)


def _ended(found: re.Match[str]) -> str:
    return CLAUSE_END * len(found[0])
