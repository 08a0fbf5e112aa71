"""Fictional disputes and how each went, the claim of a group, what a month has taught; no database."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class SampleDispute:
    """One dispute. Days count back from today; ``grid`` numbers the micro-grids that have a worker.

    ``parties`` are (side, name, telephone), ``sessions`` (day, where, result, who else), ``promises``
    (who, what, due after the agreement in days, kept after it in days or 0 for not yet).
    """

    category: str
    grid: int
    reported: int
    words: str
    parties: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    sessions: tuple[tuple[int, str, str, str], ...]
    promises: tuple[tuple[str, str, int, int], ...] = ()
    next_in: int = 0
    agreement: str = ""
    result: str = ""
    agreed: int | None = None
    visited: str = ""
    committee: str = ""
    handed: int | None = None


@dataclass(frozen=True, slots=True)
class SampleGroup:
    """The claim of a group: (interest, count), and (group, measure, body, due in days, progress).

    ``dropped`` is why the last measure was dropped once the plan was adopted.
    """

    category: str
    reported: int
    words: str
    groups: tuple[tuple[str, int], ...]
    measures: tuple[tuple[int, str, str, int, str], ...]
    dropped: str


@dataclass(frozen=True, slots=True)
class SampleDisputes:
    """Everything that the sample tells of disputes."""

    disputes: tuple[SampleDispute, ...]
    group: SampleGroup
    experience: str
    shortcomings: str


def disputes() -> SampleDisputes:
    """Return the disputes of the sample, read from ``disputes.toml``."""
    read = tomllib.loads(files("shige.sample").joinpath("disputes.toml").read_text("utf-8"))
    return SampleDisputes(
        tuple(SampleDispute(**_rows(one)) for one in read["disputes"]),
        SampleGroup(**_rows(read["group"])),
        **read["month"],
    )


def _rows(told: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(tuple(row) if isinstance(row, list) else row for row in value)
        if isinstance(value, list)
        else value
        for name, value in told.items()
    }
