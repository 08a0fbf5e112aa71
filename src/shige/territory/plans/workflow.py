"""The life of a plan as one table: which step leads from where to where, and who may take it (R3, R7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from shige.trust.permissions import Action

from ..models import Plan

State = Plan.State
StepName = Literal["change", "again", "submit", "decide", "refuse"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a plan."""

    origins: frozenset[str]
    target: str
    action: Action


OPEN: Final = frozenset({State.PROPOSED, State.REFUSED})
"""A draft, and what the street returned: to be changed and submitted (again)."""

BEFORE_STREET: Final = frozenset({State.PROPOSED, State.SUBMITTED})
"""The street decides what was submitted, and its own drafts."""

LIFE: Final[Mapping[StepName, Step]] = {
    "change": Step(OPEN, State.PROPOSED, "plan.propose"),
    "again": Step(OPEN, State.WAITING, "plan.propose"),
    "submit": Step(OPEN, State.SUBMITTED, "plan.propose"),
    "decide": Step(BEFORE_STREET, State.DECIDED, "plan.decide"),
    "refuse": Step(BEFORE_STREET, State.REFUSED, "plan.decide"),
}
"""``change`` is by hand, ``again`` computes anew; the computation itself leads from waiting to proposed."""

COMPUTED: Final = frozenset({State.PROPOSED, State.SUBMITTED, State.DECIDED, State.REFUSED})
"""States in which a plan holds a division."""
