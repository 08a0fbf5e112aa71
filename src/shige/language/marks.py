"""Whom a text speaks of and what it says of them, as numbers beside its meaning and its spelling.

Whether a text names somebody who serves here or somebody of the property, praises, asks or blames, is in a
few words that its meaning as a whole hardly shows. The classes are those of the table that comes with the
program (`speech/complaints.toml`); what a profile adds of its own changes nothing here. Of danger the classes
say nothing that meaning does not (tried on its examples), so it has none.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from shige.language.tables import kinds_in
from shige.profile.equivalents import shipped_equivalents
from shige.profile.speech_signs import CompiledSigns, Held, shipped_signs

Subject = Literal["danger", "complaints"]
Numbers = NDArray[np.float32]

WEIGHT: Final = 0.3
"""How much a mark counts beside meaning and spelling, whose rows are of length 1; chosen on examples."""


WHOM: Final = {
    "staff": ("worker", "official", "en_staff"),
    "others": ("others",),
    "family": ("family",),
    "office": ("office",),
    "pronoun": ("pronoun",),
}
"""Of whom a text speaks, by the classes that name them; the first that it names counts, else nobody."""

WHAT: Final = {
    "bad": ("rude", "shirk", "shirk_plain", "away", "greed", "leak", "abuse", "en_bad"),
    "accuse": ("accuse",),
    "thanks": ("thanks",),
    "asking": ("asking",),
    "wishing": ("wishing",),
    "affairs": ("affairs",),
    "irony": ("irony",),
}
"""What a text says of them: a linear model needs to be told who is rude, not that somebody is."""


def marks_of(subject: Subject, passages: Sequence[str]) -> Numbers:
    """Return a row for each passage, ``WEIGHT`` where a mark is set; of no width for danger."""
    rows = [_row(_signs(), passage) for passage in passages] if subject == "complaints" else []
    return np.array(rows, dtype=np.float32).reshape(len(passages), -1 if rows else 0) * WEIGHT


def sorts_of(subject: Subject, passages: Sequence[str]) -> list[str]:
    """Return whom each passage speaks of and in what tone, to part harmless examples; danger has one sort."""
    return [_sort(_signs().held(text)) if subject == "complaints" else "" for text in passages]


def marks_mark(subject: Subject) -> str:
    """Return a fingerprint of the table: what was learned with another is stale."""
    return sha256(_signs().table.model_dump_json().encode()).hexdigest() if subject == "complaints" else ""


def _row(signs: CompiledSigns, passage: str) -> list[bool]:
    """Return which classes a passage holds, whether it only talks, its kinds, and of whom it says what."""
    held = signs.held(passage)
    talks = any(signs.harmless.standing(passage, held))
    kinds = kinds_in(signs, passage)
    told = [kind in kinds for kind in signs.table.kinds]
    return [*(held[name] for name in signs.classes), talks, *told, *_joint(held)]


def _sort(held: Held) -> str:
    tone = next((tone for tone in ("bad", "thanks") if any(held[name] for name in WHAT[tone])), "")
    return f"{_whom(held)} {tone}"


def _whom(held: Held) -> str:
    """Return of whom a text speaks: the first of ``WHOM`` that it names, or nobody."""
    return next((whom for whom, names in WHOM.items() if any(held[name] for name in names)), "")


def _joint(held: Held) -> Iterator[bool]:
    """Yield which pair of ``WHOM`` and ``WHAT`` a text speaks of."""
    spoken = _whom(held)
    said = [any(held[name] for name in names) for names in WHAT.values()]
    for whom in (*WHOM, ""):
        yield from (whom == spoken and one for one in (True, *said))


@cache
def _signs() -> CompiledSigns:
    return shipped_signs("complaints").compiled(shipped_equivalents(), (), ())
