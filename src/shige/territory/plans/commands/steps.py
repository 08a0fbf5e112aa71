"""Take a plan through the table of its life: under its row's lock, with a note of what was done."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer, require

from ...lineage import lineage_of
from ...models import Plan, PlanNote
from ..workflow import LIFE, StepName


def open_plan(viewer: Viewer, plan: Plan, step: StepName) -> Plan:
    """Return a plan under its row's lock if this viewer may take the step now.

    Raises
    ------
    ValidationError
        The plan is in a state from which the step does not lead.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    require(viewer, LIFE[step].action, lineage_of(plan.scope))
    if plan.state not in LIFE[step].origins:
        raise ValidationError(refusal(step))
    return plan


def refusal(step: StepName) -> str:
    """Say that a step cannot be taken."""
    if step in {"decide", "refuse"}:
        return _("This plan is not open for a decision.")
    return _("This plan is with the street or decided: it cannot be changed now.")


def take_step(plan: Plan, step: StepName, changed: Iterable[str] = ()) -> None:
    """Put a locked plan into the state to which a step leads, and save what else changed."""
    plan.state = LIFE[step].target
    plan.version += 1
    plan.save(update_fields=["state", "version", *changed])


def note_on(viewer: Viewer, plan: Plan, kind: str, words: str = "", **facts: Any) -> None:
    """Write what was said or done into the plan's own history."""
    PlanNote.objects.create(plan=plan, person_id=viewer.person, kind=kind, words=words, facts=facts)
