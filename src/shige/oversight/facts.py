"""What the journal is told of oversight: never words, and of a case never which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingChanged(Fact):
    """An urging: organisation, post in charge and post above (ids), whether of a case, state, day due."""

    organisation: int
    asked: int
    above: int | None
    case: bool
    state: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Fact):
    """A note of an overseer or its answer: organisation, kind, post in charge or organisation above."""

    organisation: int
    kind: str
    asked: int | None
    above: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChanged(Fact):
    """A quarter's report: organisation, quarter, and to which organisation or post it was handed in."""

    organisation: int
    quarter: str
    above: int | None
    office: int | None


FACTS: Final[Mapping[str, type[Fact]]] = {
    "urging.*": UrgingChanged,
    "note.*": NoteWritten,
    "report.*": ReportChanged,
}
