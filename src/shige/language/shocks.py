"""Electric shock as Sichuan says it: a heater or a cable that "hits" whoever touches it (热水器打人)."""

import re
from functools import cache
from typing import Final

from shige.language.normal import normalised
from shige.profile import Profile
from shige.profile.speech_signs import CompiledSigns

SHOCK: Final = "collapse"
"""The kind of danger that electric shock is among."""

_READ: Final = "电到人"
_APART: Final = 14
"""Characters between what is live and that it hits; commas among them, for what lies between is weather."""

_BEFORE: Final = 120
"""Characters before it in which a hand is looked for."""


def as_shock(profile: Profile, text: str) -> tuple[str, bool]:
    """Return a text with each thing that "hits" read as giving a shock, and whether there was one.

    A person who hits, with a thing or beside it, hits: the words stay as they are.
    """
    plain, forms = normalised(text), _forms(profile.danger_signs)
    if forms is None:
        return text, False
    hit, by_hand = forms

    def read(found: re.Match[str]) -> str:
        return found[0] if by_hand.search(plain[_start(plain, found) : found.end()]) else found[1] + _READ

    spoken = hit.sub(read, plain)
    return (text, False) if spoken == plain else (spoken, True)


def _start(plain: str, found: re.Match[str]) -> int:
    """Return where the sentence begins that holds a find, or what of it is near enough to tell who hits."""
    near = max(0, found.start() - _BEFORE)
    return max(near, *(plain.rfind(end, near, found.start()) + 1 for end in "。.!?;\n"))


@cache
def _forms_of(live: tuple[str, ...], hits: tuple[str, ...], by_hand: tuple[str, ...]) -> "_Forms":
    thing, hit = _any_of(live), _any_of(hits)
    return re.compile(rf"({thing}[^。.!?;\n]{{0,{_APART}}}?)(?:{hit})"), re.compile(_any_of(by_hand))


_Forms = tuple[re.Pattern[str], re.Pattern[str]]


def _forms(signs: CompiledSigns) -> _Forms | None:
    named = [signs.table.classes.get(name, ()) for name in ("gives_shock", "hits", "by_hand")]
    return _forms_of(*named) if all(named) else None


def _any_of(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
