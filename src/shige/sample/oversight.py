"""Fictional urgings of overseers and what became of them; no database (R10)."""

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


def late_words() -> tuple[str, ...]:
    """Return what people wrote of matters of one kind that are late in one grid."""
    return tuple(_read()["late"])


def urgings() -> tuple[SampleUrging, ...]:
    """Return the urgings of the sample, read from ``oversight.toml``."""
    return tuple(
        SampleUrging(**one | {"course": tuple((*step, 0)[:4] for step in one.get("course", ()))})
        for one in _read()["urgings"]
    )


def _read() -> dict[str, Any]:
    return tomllib.loads(files("shige.sample").joinpath("oversight.toml").read_text("utf-8"))
