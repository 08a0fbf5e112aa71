"""Kinds of events that no room writes, for tests of the journal itself."""

from dataclasses import dataclass

from shige.trust.journal_facts import Bare, Fact, bring_facts

HAPPENED = "made_up.happened"
NOTED = "made_up.noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Fact):
    """Anything that was noted."""

    text: str
    share: float = 0.5


bring_facts({HAPPENED: Bare, NOTED: Noted})
