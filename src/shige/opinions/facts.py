"""What the journal is told of opinion notes: never their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.facts import ListExported
from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionChanged(Fact):
    """An opinion note: its theme and state, and the matter that came of it (id)."""

    theme: str
    state: str
    matter: int | None


FACTS: Final[Mapping[str, type[Fact]]] = {"opinion.*": OpinionChanged, "opinion.exported": ListExported}
