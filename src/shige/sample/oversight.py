"""Fictional urgings and notes of overseers and what became of them; no database (R10)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class SampleUrging:
    """One urging. Days count back from today; ``place`` counts the overseen grids of a level.

    ``due`` is within how many days an answer was asked for. ``course`` are act, day, words, and for what
    names a day, within how many.
    """

    level: str
    place: int
    made: int
    due: int
    reason: str
    case: bool = False
    course: tuple[tuple[str, int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleNote:
    """One note of an overseer. Days count back from today, ``step_by`` counts on from the day it was made.

    Without ``made`` it is of the middle of the last quarter that is over.

    ``answered`` is when one above said ``answer``, for a finding.
    """

    kind: str
    level: str
    place: int
    made: int = 0
    words: str = ""
    looked_at: tuple[str, ...] = ()
    to_mend: str = ""
    step: str = ""
    step_by: int = 0
    answer: str = ""
    answered: int = 0


def late_words() -> tuple[str, ...]:
    """Return what people wrote of matters of one kind that are late in one grid."""
    return tuple(_read()["late"])


def urgings() -> tuple[SampleUrging, ...]:
    """Return the urgings of the sample, read from ``oversight.toml``."""
    return tuple(
        SampleUrging(**one | {"course": tuple((*step, 0)[:4] for step in one.get("course", ()))})
        for one in _read()["urgings"]
    )


def notes() -> tuple[SampleNote, ...]:
    """Return the notes of the sample, read from ``oversight.toml``."""
    return tuple(SampleNote(**one) for one in _read()["notes"])


def report() -> tuple[str, int, str]:
    """Return the report of the sample: level and place of its grid, and what its overseer adds."""
    one = _read()["report"]
    return one["level"], one["place"], one["outlook"]


def _read() -> dict[str, Any]:
    return tomllib.loads(files("shige.sample").joinpath("oversight.toml").read_text("utf-8"))
