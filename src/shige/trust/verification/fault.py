"""The ways in which a journal is not what it was."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """In which way."""

    MISSING = "missing"
    CHANGED = "changed"
    FORGED = "forged"
    """The program has not written it: its stamp does not fit."""
    REWRITTEN = "rewritten"
    """The chain holds together, but it is not the one of the checkpoints."""
    CUT = "cut"
    TWICE = "twice"
    READING_LOST = "reading lost"
    READING_CHANGED = "reading changed"
    READING_FORGED = "reading forged"
    UNGUARDED = "unguarded"
    """Something on the journal's tables is not as the program made it."""
    CHECKPOINTS = "checkpoints"
    """The checkpoints themselves do not hold together."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that does not fit: in which way, at which position (None: at none), and in words."""

    kind: Kind
    position: int | None
    said: str
