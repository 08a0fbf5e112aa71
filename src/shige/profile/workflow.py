"""The life of each kind of matter as a declared table: states, actions, and who may take them when (R23)."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal, Self

from pydantic import Field, model_validator

from shige.profile.text import ProfilePart, Text

Phase = Literal["open", "waiting", "asked", "done"]
"""What the office's clock does in a state: it runs, stands still, gives way to the reporter's, has ended."""

Actor = Literal[
    "owner",
    "dispatcher",
    "next_tier",
    "leader",
    "reporter",
    "claimant",
    "visitor",
    "system",
    "tasked",
    "caller",
]
"""Who may act: the owner, whoever dispatches there, the post asked for more time, the street's leader,
the reporter, whoever claims a wish, whose task a return visit is, the program itself; of a task also whoever
was given it, of a joint task the street that called it (R26)."""

Condition = Literal[
    "tier_above",
    "tier_below",
    "place_known",
    "not_extended",
    "in_time",
    "extension_asked",
    "extended_at_once",
    "extended_by_asking",
    "reopenable",
    "not_the_highest",
    "led_by_nobody",
    "duties_listed",
    "not_contacted",
    "session_held",
    "committee_known",
    "other_side_heard",
    "reporter_waits",
    "nobody_waits",
    "unrated",
    "telephone_left",
    "nobody_to_call",
    "endangered",
    "two_may_release",
    "nobody_else",
]
"""What must hold beside the state; matters can be asked each, and nothing else can."""


Subject = Literal["matter", "task", "joint_task", "opinion"]
"""What lives by a table: a matter of some kind, a task split off from one, a joint task, an opinion note."""


class State(ProfilePart):
    """A state of the table; ``guide`` tells whoever handles it what to do, ``meaning`` the reporter (R25)."""

    code: str = Field(pattern=r"^[a-z_]{2,12}$")
    name: Text
    phase: Phase = "open"
    guide: Text | None = None
    meaning: Text | None = None


class Transition(ProfilePart):
    """One action: from which states, to which (none leaves the state as it is), by whom, with what said.

    ``note`` is the label of what must be said with it; the reporter reads it where ``told`` is set.
    ``result`` is what the work came to: photos before and after come with it, open tasks stand against it.
    ``shown`` are the words for the reporter's timeline; without them the reporter does not see the step.
    """

    action: str = Field(pattern=r"^[a-z_]{2,20}$")
    name: Text
    before: tuple[str, ...] = Field(min_length=1)
    after: str | None = None
    who: tuple[Actor, ...]
    when: tuple[Condition, ...] = ()
    note: Text | None = None
    told: bool = False
    result: bool = False
    rating: bool = False
    shown: Text | None = None


class Workflow(ProfilePart):
    """The life of one kind of matter. It is refused unless every state is reached and leads to an end."""

    code: str = Field(pattern=r"^[a-z_]{2,12}$")
    of: Subject = "matter"
    name: Text
    start: str
    states: tuple[State, ...] = Field(min_length=2)
    transitions: tuple[Transition, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if found := list(_faults(self)):
            raise ValueError("\n".join(found))
        return self

    def state(self, code: str) -> State:
        """Return a state; KeyError where there is none."""
        return self._states[code]

    def transition(self, action: str) -> Transition:
        """Return an action; KeyError where there is none."""
        return self._transitions[action]

    def knows(self, state: str) -> bool:
        """Say whether the table has a state."""
        return state in self._states

    def has(self, action: str) -> bool:
        """Say whether the table has an action."""
        return action in self._transitions

    @cached_property
    def timed(self) -> bool:
        """Whether the office's clock ever runs: what is only passed on, such as praise, has no deadline."""
        return any(state.phase == "open" for state in self.states)

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    @cached_property
    def _transitions(self) -> dict[str, Transition]:
        return {row.action: row for row in self.transitions}


@lru_cache(maxsize=1)
def shipped_workflows() -> tuple[Workflow, ...]:
    """Return the workflows that come with the program, one file for each kind."""
    files = resources.files("shige.profile").joinpath("workflows").iterdir()
    written = sorted((file.name, file.read_text("utf-8")) for file in files if file.name.endswith(".toml"))
    return tuple(Workflow.model_validate(tomllib.loads(text)) for _name, text in written)


def _faults(table: Workflow) -> Iterator[str]:
    """Say what is wrong: a name twice or unknown, a state never reached or without end, a note untold."""
    states, actions = [state.code for state in table.states], [row.action for row in table.transitions]
    for code, times in (Counter(states) + Counter(actions)).items():
        if times > 1:
            yield f"{code} stands twice"
    named = {table.start} | {code for row in table.transitions for code in (*row.before, row.after) if code}
    if unknown := named - set(states):
        yield f"there is no state {', '.join(sorted(unknown))}"
        return
    yield from _unconnected(table, states)
    for row in table.transitions:
        if row.told and not row.note:
            yield f"{row.action} tells the reporter nothing"
        if not row.who:
            yield f"nobody may {row.action}"
        if row.when and table.of != "matter":
            yield f"{row.action} has a condition, which only a matter can be asked"


def _unconnected(table: Workflow, states: list[str]) -> Iterator[str]:
    edges = {(before, row.after or before) for row in table.transitions for before in row.before}
    done = {state.code for state in table.states if state.phase == "done"}
    reached = _closure({table.start}, edges)
    ending = _closure(done, {(after, before) for before, after in edges})
    yield from (f"{code} is never reached" for code in states if code not in reached)
    yield from (f"{code} leads to no end" for code in states if code not in ending)


def _closure(known: set[str], edges: set[tuple[str, str]]) -> set[str]:
    while further := {after for before, after in edges if before in known} - known:
        known = known | further
    return known
