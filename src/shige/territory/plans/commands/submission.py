"""Hand a plan to the street, and talk about it; those concerned are told (R3, R7)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.commands import enqueue, record
from shige.trust.gate import Viewer, require
from shige.trust.models import Appointment
from shige.trust.permissions import roles_for

from ...lineage import lineage_of
from ...models import Plan, PlanNote
from .steps import note_on, open_plan, take_step


@transaction.atomic
def submit_plan(viewer: Viewer, plan: Plan) -> Plan:
    """Hand a draft, or what the street returned, to the street for its decision (报街道审定).

    Raises
    ------
    ValidationError
        The plan is no draft.
    """
    plan = open_plan(viewer, plan, "submit")
    plan.reason = ""
    take_step(plan, "submit", ["reason"])
    record(viewer, "plan.submitted", "plan", plan.pk, plan.version, lineage_of(plan.scope))
    note_on(viewer, plan, PlanNote.Kind.SUBMITTED)
    roles = roles_for("plan.decide")
    tell("plan.submitted", plan, holders(post__area=plan.scope.street_id, post__role__in=roles))
    return plan


@transaction.atomic
def comment_on(viewer: Viewer, plan: Plan, words: str) -> PlanNote:
    """Write a comment under a plan; whoever may see the plan may comment on it.

    Raises
    ------
    ValidationError
        There are no words, or too many.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    require(viewer, "plan.see", lineage_of(plan.scope))
    said = words.strip()
    most = PlanNote._meta.get_field("words").max_length or 0
    if not 0 < len(said) <= most:
        raise ValidationError(_("Write a comment of at most %(most)s characters.") % {"most": most})
    record(viewer, "plan.commented", "plan", plan.pk, plan.version, lineage_of(plan.scope))
    return PlanNote.objects.create(plan=plan, person_id=viewer.person, kind=PlanNote.Kind.COMMENT, words=said)


def tell_submitter(kind: str, plan: Plan) -> None:
    """Tell whoever submitted a plan last what became of it."""
    last = PlanNote.objects.filter(plan=plan, kind=PlanNote.Kind.SUBMITTED).order_by("-pk").first()
    tell(kind, plan, [last.person_id] if last and last.person_id else [])


def tell_affected(plan: Plan, areas: Iterable[int]) -> None:
    """Tell everybody who holds a post of these grids that a decided plan changes them."""
    tell("plan.changes_grid", plan, holders(post__area__in=list(areas)))


def holders(**where: object) -> list[int]:
    """Return who holds open posts today, each once."""
    held = Appointment.objects.in_force().filter(post__closed_at=None, **where)
    return sorted(set(held.values_list("person_id", flat=True)))


def tell(kind: str, plan: Plan, people: Iterable[int]) -> None:
    """Leave a message to each of them in the outbox."""
    for person in people:
        enqueue(kind, "plan", plan.pk, receiver=person, facts={"number": str(plan.pk)})
