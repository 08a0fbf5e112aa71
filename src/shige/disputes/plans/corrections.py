"""Correct the plan for the claim of a group: freely while it is a draft, with a reason once adopted (R23)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.matters import clock
from shige.matters.models import Matter, Step
from shige.matters.workflow.commands.steps import acting_post
from shige.matters.workflow.workflows import PLAN_CHANGED
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ..models.group_plan import ClaimGroup, GroupPlan, Measure
from .commands import WORDS_LIMIT, plan_changed, planned, save_group, save_measure
from .duty import MeasureIn


@dataclass(frozen=True, slots=True)
class Correction:
    """Which version of the plan was seen by whoever corrects it; ``reason`` counts once it is adopted."""

    seen: int
    reason: str = ""


@transaction.atomic
def change_group(
    viewer: Viewer, number: str, pk: int, interest: str, count: int, correction: Correction
) -> ClaimGroup:
    """Correct what unites a group or how many they are; the same again changes nothing.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not make the plan, or it has no such group.
    ValidationError
        As with ``add_group``; somebody else changed the plan, or an adopted one changes without a reason.
    """
    matter, plan = planned(viewer, number)
    group = plan.groups.filter(pk=pk).first()
    if group is None:
        raise PermissionDenied("no such group in this plan")
    before = _values(group)
    save_group(group, interest, count)
    if _values(group) != before:
        _write_down(viewer, matter, plan, correction, "regrouped", group.interest)
    return group


@transaction.atomic
def remove_group(viewer: Viewer, number: str, pk: int, correction: Correction) -> None:
    """Take a group out of a draft; one that is gone already is none to take.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not make the plan.
    ValidationError
        The plan is adopted, a measure is for this group, or somebody else changed the plan.
    """
    matter, plan = planned(viewer, number)
    group = plan.groups.filter(pk=pk).first()
    if group is None:
        return
    if plan.adopted_at:
        raise ValidationError(_("A group of an adopted plan stays. Correct it instead."))
    if group.measures.exists():
        raise ValidationError(_("A measure is for this group. Remove or change the measure first."))
    group.delete()
    _write_down(viewer, matter, plan, correction, "ungrouped", group.interest)


@transaction.atomic
def change_measure(viewer: Viewer, number: str, pk: int, given: MeasureIn, correction: Correction) -> Measure:
    """Correct a measure; the same again changes nothing.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not make the plan, or it has no such measure, or the measure was dropped.
    ValidationError
        As with ``add_measure``; somebody else changed the plan, or an adopted one changes without a reason.
    """
    matter, plan = planned(viewer, number)
    measure = plan.measures.filter(pk=pk, dropped_at=None).first()
    if measure is None:
        raise PermissionDenied("no such measure in this plan")
    before = _values(measure)
    save_measure(measure, matter, given)
    if _values(measure) != before:
        _write_down(viewer, matter, plan, correction, "remeasured", measure.what)
    return measure


@transaction.atomic
def remove_measure(viewer: Viewer, number: str, pk: int, correction: Correction) -> None:
    """Take a measure out of a draft; of an adopted plan it is dropped and stays with the reason.

    One that is gone or dropped already is none to take.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not make the plan.
    ValidationError
        Somebody else changed the plan, or it is adopted and no reason is given.
    """
    matter, plan = planned(viewer, number)
    measure = plan.measures.filter(pk=pk, dropped_at=None).first()
    if measure is None:
        return
    reason = _write_down(viewer, matter, plan, correction, "dropped", measure.what)
    if plan.adopted_at:
        measure.dropped_at, measure.dropped_why = clock.now(), reason
        measure.save(update_fields=["dropped_at", "dropped_why"])
    else:
        measure.delete()


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _write_down(
    viewer: Viewer, matter: Matter, plan: GroupPlan, correction: Correction, what: str, name: str
) -> str:
    """Refuse a correction of another version than was seen; journal it, and tell an adopted plan's history.

    Return the reason; empty for a draft.
    """
    if plan.version != correction.seen:
        raise ValidationError(_("Somebody changed this plan meanwhile. Look at it again, then change it."))
    reason = filled("reason", correction.reason, WORDS_LIMIT) if plan.adopted_at else ""
    plan_changed(viewer, matter, plan, what)
    if reason:
        with override(profile().language):
            said = _("“%(name)s” is dropped.") if what == "dropped" else _("“%(name)s” is changed.")
        Step.objects.create(
            matter=matter,
            at=clock.now(),
            action=PLAN_CHANGED,
            before=matter.state,
            after=matter.state,
            person_id=viewer.person,
            post_id=acting_post(viewer, matter),
            remark=f"{said % {'name': name}}\n{reason}",
        )
    return reason
