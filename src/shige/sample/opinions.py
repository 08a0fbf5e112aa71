"""Fictional opinion notes and what became of them; no database (R40)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleOpinion:
    """One note. Days count back from today; ``grid`` numbers the micro-grids that have a worker.

    ``heard`` are (role, day) of whoever heard the same, ``course`` (action, day, words) of the community.
    """

    theme: str
    grid: int
    written: int
    band: str
    words: str
    heard: tuple[tuple[str, int], ...] = ()
    course: tuple[tuple[str, int, str], ...] = ()


def opinions() -> tuple[SampleOpinion, ...]:
    """Return the notes of the sample, read from ``opinions.toml``."""
    read = tomllib.loads(files("shige.sample").joinpath("opinions.toml").read_text("utf-8"))
    return tuple(
        SampleOpinion(**one | {name: tuple(map(tuple, one.get(name, ()))) for name in ("heard", "course")})
        for one in read["opinions"]
    )
