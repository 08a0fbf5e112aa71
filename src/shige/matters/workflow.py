"""The life of a matter as one declared table; commands, pages and the documentation all read it (R25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from .models import Matter

State = Matter.State
Actor = Literal["owner", "dispatcher", "reporter", "system"]
"""Who may act: holders of the owner's post, whoever dispatches there, who holds the code, the program."""

OFFICE: Final[frozenset[Actor]] = frozenset({"owner", "dispatcher"})
DISPATCH: Final[frozenset[Actor]] = frozenset({"dispatcher"})
REPORTER: Final[frozenset[Actor]] = frozenset({"reporter"})
PROGRAM: Final[frozenset[Actor]] = frozenset({"system"})


@dataclass(frozen=True, slots=True)
class Transition:
    """One action: from which states, to which (None leaves the state as it is), by whom, with what said.

    ``note`` is the label of what must be said with it; the reporter reads it where ``told`` is set.
    """

    action: str
    label: str | Promise
    before: frozenset[State]
    after: State | None
    who: frozenset[Actor]
    note: str | Promise | None = None
    told: bool = False
    rating: bool = False


def _table(*transitions: Transition) -> dict[str, Transition]:
    return {transition.action: transition for transition in transitions}


_OPEN = frozenset({State.NEW, State.IN_HAND})
_IN_HAND = frozenset({State.IN_HAND})
_TO_CONFIRM = frozenset({State.TO_CONFIRM})
_DONE = frozenset({State.CLOSED, State.UNCONFIRMED})
_REASON = gettext_lazy("Reason")

FILED: Final = "file"
"""The action that every matter begins with; it leads to ``START``."""

START: Final = State.NEW

TRANSITIONS: Final[Mapping[str, Transition]] = _table(
    Transition("take", pgettext_lazy("matter", "Take"), frozenset({State.NEW}), State.IN_HAND, OFFICE),
    Transition(
        "note", gettext_lazy("Add a note"), _IN_HAND, None, OFFICE, gettext_lazy("What was done"), told=True
    ),
    Transition("pass_on", gettext_lazy("Pass on"), _OPEN, State.NEW, DISPATCH, _REASON),
    Transition("pass_up", gettext_lazy("Pass up"), _OPEN, State.NEW, OFFICE, _REASON, told=True),
    Transition("return_down", pgettext_lazy("matter", "Return"), _OPEN, State.NEW, OFFICE, _REASON),
    Transition("set_place", gettext_lazy("Set the place"), _OPEN, State.NEW, DISPATCH),
    Transition(
        "solve",
        gettext_lazy("Report as solved"),
        _IN_HAND,
        State.TO_CONFIRM,
        OFFICE,
        gettext_lazy("What was done, as the reporter will read it"),
        told=True,
    ),
    Transition("confirm", gettext_lazy("Solved"), _TO_CONFIRM, State.CLOSED, REPORTER, rating=True),
    Transition(
        "not_solved",
        gettext_lazy("Not solved"),
        _TO_CONFIRM,
        State.IN_HAND,
        REPORTER,
        gettext_lazy("What is still missing"),
        told=True,
    ),
    Transition("lapse", gettext_lazy("No answer"), _TO_CONFIRM, State.UNCONFIRMED, PROGRAM),
    Transition(
        "reopen",
        gettext_lazy("Reopen"),
        _DONE,
        State.IN_HAND,
        REPORTER,
        gettext_lazy("What is still missing"),
        told=True,
    ),
)

STATE_LABELS: Final[Mapping[str, str | Promise]] = {
    State.NEW: pgettext_lazy("state", "New"),
    State.IN_HAND: pgettext_lazy("state", "In hand"),
    State.TO_CONFIRM: pgettext_lazy("state", "To confirm"),
    State.CLOSED: pgettext_lazy("state", "Closed"),
    State.UNCONFIRMED: pgettext_lazy("state", "Unconfirmed"),
}


def label_of(action: str) -> str:
    """Return the words for a step of the history."""
    return pgettext("step", "Reported") if action == FILED else str(TRANSITIONS[action].label)


def check(action: str, state: str) -> Transition:
    """Return the transition of ``action`` from ``state``.

    Raises
    ------
    ValidationError
        The table has no such action from there: usually somebody else was quicker.
    """
    transition = TRANSITIONS[action]
    if state not in transition.before:
        raise ValidationError(
            _("“%(action)s” is not possible while the matter is “%(state)s”. Load the page again.")
            % {"action": transition.label, "state": STATE_LABELS[state]}
        )
    return transition


def faults(transitions: Iterable[Transition]) -> list[str]:
    """Say what is wrong with a table: a state that is never reached, one that never ends, a note untold.

    Closed matters may rest, so only the states before them must lead on to an end.
    """
    table = list(transitions)
    edges = {(before, row.after or before) for row in table for before in row.before}
    reached = _closure({START}, edges)
    ending = _closure(set(_DONE), {(after, before) for before, after in edges})
    return (
        [f"{state} is never reached" for state in State if state not in reached]
        + [f"{state} leads to no end" for state in State if state not in ending]
        + [f"{row.action} tells the reporter nothing" for row in table if row.told and row.note is None]
        + [f"nobody may {row.action}" for row in table if not row.who]
    )


def _closure(known: set[State], edges: set[tuple[State, State]]) -> set[State]:
    while True:
        further = {after for before, after in edges if before in known} - known
        if not further:
            return known
        known = known | further


if found := faults(TRANSITIONS.values()):
    raise RuntimeError("The life of a matter does not hold together: " + "; ".join(found))
