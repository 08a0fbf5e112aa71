"""Whether harm that somebody tells of is done to a minor: only then has the law it go to the police (P4).

A daughter or a son may be grown: a beaten wife is asked whether the police get it, whoever writes for her. So
it takes a sign of a minor in the words; where they also speak of a grown one, what is told as done to a child
must hold without those who look on and without kin of no age.
"""

import re
from functools import cache
from typing import Final

from shige.language.counts import number_of
from shige.language.sentences import sentences
from shige.language.tables import kinds_in
from shige.profile import Profile
from shige.profile.equivalents import shipped_equivalents
from shige.profile.phrases import CLAUSE_END
from shige.profile.speech_signs import CompiledSigns, shipped_signs

CHILD: Final = "child"
"""The kind of danger that is harm to a minor."""

OF_AGE: Final = 18
"""Years from which on a person is an adult (Civil Code of the PRC, article 17)."""

_AGE: Final = re.compile(
    r"(\d{1,3}|[一二两三四五六七八九十]{1,3})([几多来]?)个?(?:周?岁|years? old|-year-old)"
)
_NEAR_KIN: Final = 6
"""Characters beside a kin word in which an age is the age of that one."""

_ME: Final = re.compile(r"我(?=[,，、。.!！?？;；\s]|$)")


def of_minor(profile: Profile, text: str) -> bool:
    """Say whether harm that a text tells of is done to somebody under 18, as far as its words show it."""
    said = CLAUSE_END.join(sentences(profile, text))
    kinds, ages = kinds_in(_signs(), said), [_years(age) for age in _AGE.finditer(said)]
    if "minor" not in kinds and not any(age < OF_AGE for age in ages):
        return False
    if "grown" not in kinds and not any(age >= OF_AGE for age in ages):
        return True
    return CHILD in kinds_in(profile.danger_signs, _without_grown(said))


def _without_grown(said: str) -> str:
    """Return words without whoever looks on, whoever writes, and kin of whom no young age is said."""
    signs = _signs()
    for turn in signs.signs["bystander"].all:
        said = turn.pattern.sub(_ended, said)
    kin = re.compile("|".join(sorted(signs.classes["kin"], key=len, reverse=True)))
    said = kin.sub(lambda found: found[0] if _is_young(found) else _ended(found), said)
    return _ME.sub(_ended, said)


def _is_young(kin: re.Match[str]) -> bool:
    near = kin.string[max(0, kin.start() - _NEAR_KIN) : kin.end() + _NEAR_KIN]
    return any(_years(age) < OF_AGE for age in _AGE.finditer(near))


def _years(age: re.Match[str]) -> int:
    return number_of(age[1]) or 0


def _ended(found: re.Match[str]) -> str:
    return CLAUSE_END * len(found[0])


@cache
def _signs() -> CompiledSigns:
    return shipped_signs("minors").compiled(shipped_equivalents(), (), ())
