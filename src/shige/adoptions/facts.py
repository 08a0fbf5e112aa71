"""What the journal is told of adoptions: numbers only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionChanged(Fact):
    """An organisation adopted a wish (its number), or took that back."""

    organisation: int
    number: str


FACTS: Final[Mapping[str, type[Fact]]] = {
    "adoption.made": AdoptionChanged,
    "adoption.withdrawn": AdoptionChanged,
}
