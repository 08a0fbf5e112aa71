"""What the journal is told of mediations and plans for groups: how their matter is now, and no more."""

from collections.abc import Mapping
from typing import Final

from shige.matters.facts import MatterChanged
from shige.trust.journal_facts import Bare, Fact

FACTS: Final[Mapping[str, type[Fact]]] = {
    "group_plan.*": MatterChanged,
    "mediation.*": MatterChanged,
    "monthly_text.written": Bare,
}
