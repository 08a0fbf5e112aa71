"""A table of signs looked up in a sentence: which kinds it tells of, and whether it only talks about them."""

import re

from shige.profile.phrases import CLAUSE_END
from shige.profile.speech_signs import CompiledSigns, Held


def kinds_in(signs: CompiledSigns, sentence: str) -> tuple[str, ...]:
    """Return the kinds that a sentence has signs of, in the order of the table."""
    held = signs.held(sentence)
    return tuple(kind for kind in signs.signs if _tells_of(signs, kind, sentence, held))


def denied_in(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence holds a sign, every one of them denied."""
    held = signs.held(sentence)
    kinds = [kind for kind, turns in signs.signs.items() if any(turns.standing(sentence, held))]
    return bool(kinds) and not any(signs.says(kind, sentence, held) for kind in kinds)


def only_talks(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence is about something else that uses the same words, and shows nothing at hand."""
    held = signs.held(sentence)
    about = any(signs.harmless.standing(sentence, held))
    return about and not any(signs.present.standing(sentence, held))


def sounds_ordinary(signs: CompiledSigns, sentence: str) -> bool:
    """Say whether a sentence holds a turn that likeness mishears, and shows nothing at hand."""
    held = signs.held(sentence)
    return any(signs.misheard.standing(sentence, held)) and not any(signs.present.standing(sentence, held))


def _tells_of(signs: CompiledSigns, kind: str, sentence: str, held: Held) -> bool:
    """Say whether a sentence holds a sign of a kind, once what means something else is taken out."""
    if not signs.says(kind, sentence, held):
        return False
    left = sentence
    for turn in signs.unless[kind]:
        if turn.stands(sentence, held):
            left = turn.pattern.sub(_ended, left)
    return left == sentence or signs.says(kind, left, held)


def _ended(found: re.Match[str]) -> str:
    return CLAUSE_END * len(found[0])
