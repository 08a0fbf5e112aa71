"""The life of a matter by its kind, as the profile declares it (R25)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shige.profile import GUARDED, Actor, Condition, Transition, Workflow
from shige.trust.jurisdiction import language, profile
from shige.trust.permissions import highest_role

from ..categories import category_of_matter
from ..clock import now
from ..models import Matter, Step
from ..report import ENDANGERED, FILED, UNASKED
from ..tier_order import above, below
from .proof import CONTACT_CHANGED, proof_of, telephone_stands, to_be_called

ORDINARY: Final = "ordinary"
DISPUTE: Final = "dispute"
WISH: Final = "wish"
HAZARD: Final = "hazard"
COMPLAINT: Final = "complaint"
PRAISE: Final = "praise"

RECHECK: Final = "recheck"
"""The state of a hazard that was put right and waits for somebody else to look (R39)."""

TO_RELEASE: Final = "to_release"
"""The state in which one trained person has asked for a release, which another one confirms (P4)."""

GUARDED_STEPS: Final = ("guard", "ask_release", "keep_sealed", "release")
"""Steps into the guarded life and out of it, which the history tells in its words whatever follows."""


def workflow_of(kind: str) -> Workflow:
    """Return the table of a kind; matters of a kind that the profile has dropped live as ordinary ones."""
    try:
        return profile().workflow(kind)
    except KeyError:
        return profile().workflow(ORDINARY)


class Living(Protocol):
    """What lives by a declared table: a matter, a task, a joint task, an opinion note."""

    kind: str
    state: str


def check(action: str, living: Living) -> Transition:
    """Return the transition of ``action`` from where something stands now.

    Raises
    ------
    ValidationError
        The table has no such action from there, or a condition does not hold: usually somebody else was
        quicker.
    """
    table = workflow_of(living.kind)
    transition = table.transition(action) if table.has(action) else None
    if transition is None or not possible(transition, living):
        raise ValidationError(
            _("“%(action)s” is not possible while it is “%(state)s”. Load the page again.")
            % {
                "action": label_of(living.kind, action),
                "state": state_label(living.kind, living.state),
            }
        )
    return transition


def possible(transition: Transition, living: Living) -> bool:
    """Say whether the table lets this happen now, whoever asks; conditions are asked of matters only."""
    if living.state not in transition.before:
        return False
    return not isinstance(living, Matter) or all(HOLDS[name](living) for name in transition.when)


def offered(living: Living, actors: Iterable[Actor]) -> list[Transition]:
    """Return what somebody on these sides may do now, in the order of the table."""
    sides = set(actors)
    return [
        row
        for row in workflow_of(living.kind).transitions
        if sides.intersection(row.who) and possible(row, living)
    ]


def state_label(kind: str, state: str) -> str:
    """Return the words for a state; a state that the table has dropped stays as it is."""
    table = workflow_of(kind)
    return table.state(state).name.in_language(language()) if table.knows(state) else state


SAID_BESIDE: Final = "joined_says"
"""What somebody who follows another one's matter tells the office; it moves nothing."""

ALARM_DISMISSED: Final = "no_emergency"
"""That words in which an alarm was heard are of no emergency, as their writer said afterwards (P4)."""

CLAIMANT_SAYS: Final = "claimant_says"
"""What whoever claimed a wish tells the office, which tells whoever wished what is needed (R12)."""

DEVICE_SAYS: Final = "device_says"
INSPECTED: Final = "inspected"
"""What a device or a later inspection adds to the matter that came of it (R41)."""

PLAN_CHANGED: Final = "plan_changed"
"""What the street corrects in the plan for a group's claim once it is adopted (R23)."""

RECUSED: Final = "recused"
READMITTED: Final = "readmitted"
"""That somebody was named as whom a sealed matter is about, and that this was a mistake (P3)."""

REDATED: Final = "redated"
"""The step by which approximate dates are put right, once the holidays of their year are published."""


def guide_of(kind: str, state: str) -> str:
    """Return what to do now, for whoever handles it (事中指导); empty where the table says nothing."""
    guide = workflow_of(kind).state(state).guide if workflow_of(kind).knows(state) else None
    return guide.in_language(language()) if guide else ""


def meaning_of(kind: str, state: str) -> str:
    """Return what a state means for the reporter; empty where the table says nothing."""
    meaning = workflow_of(kind).state(state).meaning if workflow_of(kind).knows(state) else None
    return meaning.in_language(language()) if meaning else ""


def label_of(kind: str, action: str) -> str:
    """Return the office's words for a step: of its own kind, else of any that knows it; never its code."""
    if action in BESIDE:
        return BESIDE[action]()
    own = workflow_of(GUARDED if action in GUARDED_STEPS else kind)
    known = (table for table in (own, *profile().workflows) if table.has(action))
    table = next(known, None)
    return table.transition(action).name.in_language(language()) if table else pgettext("step", "This step")


def shown_label(kind: str, action: str) -> str:
    """Return the reporter's words for a step; empty for what happens inside the office only."""
    if action == FILED:
        return pgettext("step", "You reported it")
    if action == REDATED:
        return _redated_label()
    table = workflow_of(GUARDED if action in GUARDED_STEPS else kind)
    shown = table.transition(action).shown if table.has(action) else None
    return shown.in_language(language()) if shown else ""


def _redated_label() -> str:
    return pgettext("step", "The holidays were published: when it is due was worked out anew")


def _recused_label() -> str:
    return pgettext("step", "Kept from whom it is about")


def _readmitted_label() -> str:
    return pgettext("step", "Kept from them by mistake; they may see it again")


BESIDE: Final[Mapping[str, Callable[[], str]]] = {
    FILED: lambda: pgettext("step", "Reported"),
    SAID_BESIDE: lambda: pgettext("step", "Somebody else who follows it says"),
    CLAIMANT_SAYS: lambda: pgettext("step", "Whoever claimed it says"),
    DEVICE_SAYS: lambda: pgettext("step", "The device reports"),
    INSPECTED: lambda: pgettext("step", "An inspection adds"),
    PLAN_CHANGED: lambda: pgettext("step", "The adopted plan is corrected"),
    ENDANGERED: lambda: pgettext("step", "Whoever reported it says that somebody is in danger"),
    ALARM_DISMISSED: lambda: pgettext("step", "Whoever wrote says that it is no emergency"),
    CONTACT_CHANGED: lambda: pgettext("step", "The contact that was left was changed"),
    REDATED: _redated_label,
    RECUSED: _recused_label,
    READMITTED: _readmitted_label,
}
"""The office's words for steps that no table declares: they move nothing."""


def kinds_of_matters() -> list[Workflow]:
    """Return the table of each kind of matter."""
    return [table for table in profile().workflows if table.of == "matter"]


def all_states() -> list[tuple[str, str]]:
    """Return every state of every kind with its words, each once, as a filter offers them."""
    tables = [workflow_of(ORDINARY), *kinds_of_matters()]
    named = {state.code: state.name for table in reversed(tables) for state in table.states}
    in_turn = dict.fromkeys(state.code for table in tables for state in table.states)
    return [(code, named[code].in_language(language())) for code in in_turn]


def may_reopen(matter: Matter) -> bool:
    """Say whether a solved matter can still be taken up again, within the profile's ``reopen_days``."""
    ended = matter.closed_at or matter.solved_at
    return ended is not None and (now() - ended).total_seconds() <= profile().feedback.reopen_days * 86_400


def _below(matter: Matter) -> str | None:
    return below(category_of_matter(matter), matter.tier)


def _is_the_reporters_alone(matter: Matter) -> bool:
    """Say whether it is its reporter's own word, and neither neighbours nor departments are in it."""
    others = matter.joinings, matter.merged, matter.joint_tasks.filter(open=True)
    return proof_of(matter) == "" and not any(rows.exists() for rows in others)


HOLDS: dict[Condition, Callable[[Matter], bool]] = {
    "tier_above": lambda matter: above(matter.tier) is not None,
    "tier_below": lambda matter: _below(matter) is not None,
    "place_known": lambda matter: matter.leaf_id is not None,
    "not_extended": lambda matter: (
        matter.extensions < profile().feedback.extensions and matter.extension_asked_of_id is None
    ),
    "extension_asked": lambda matter: matter.extension_asked_of_id is not None,
    "in_time": lambda matter: matter.resolve_by >= now(),
    "reopenable": may_reopen,
    "not_the_highest": lambda matter: matter.owner.role != highest_role(),
    "not_contacted": lambda matter: matter.claims.filter(ended_at=None, contacted_at=None).exists(),
    "led_by_nobody": lambda matter: not matter.led,
    "other_side_heard": lambda matter: Step.objects.filter(matter=matter, action="hear").exists(),
    "reporter_waits": lambda matter: matter.source not in UNASKED,
    "nobody_waits": lambda matter: matter.source in UNASKED,
    "endangered": lambda matter: matter.endangered,
    "two_may_release": lambda matter: not matter.endangered or matter.state == TO_RELEASE,
    "unrated": lambda matter: matter.rating is None,
    "nobody_to_call": lambda matter: not to_be_called(matter),
    "telephone_left": telephone_stands,
    "nobody_else": _is_the_reporters_alone,
    "duties_listed": lambda matter: any(duties.role == matter.owner.role for duties in profile().duties),
}
"""How each condition of a table is asked; a room above adds those that ask what it keeps."""


def bring_conditions(holds: Mapping[Condition, Callable[[Matter], bool]]) -> None:
    """Add how conditions are asked that a room above this one answers."""
    HOLDS.update(holds)
