"""Propose division plans, and refuse them; deciding is in ``deciding.py`` (R3, R7)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige import division
from shige.trust.commands import record
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile

from ..lineage import lineage_of
from ..models import Area, Plan
from ..planning.basis import basis_of
from ..planning.outcome import kept

PATIENCE = timedelta(hours=1)
"""After this a plan that is still waiting keeps nobody from requesting another."""

SCOPES = frozenset({Area.Level.COMMUNITY, Area.Level.STREET, Area.Level.DISTRICT})


@transaction.atomic
def request_plan(viewer: Viewer, scope: Area) -> Plan:
    """Open a plan that is still to be computed.

    Raises
    ------
    ValidationError
        The scope is no community, street or district, or a plan for it is being computed already.
    """
    require(viewer, "plan.propose", lineage_of(scope))
    if scope.kind != Area.Kind.DIVISION or scope.level not in SCOPES:
        raise ValidationError(_("A plan divides a community, a street or a district."))
    Area.objects.select_for_update().get(pk=scope.pk)
    since = timezone.now() - PATIENCE
    if Plan.objects.filter(scope=scope, state=Plan.State.WAITING, created_at__gt=since).exists():
        raise ValidationError(_("A plan for %(name)s is being computed already.") % {"name": scope.name})
    place = lineage_of(scope)
    plan = Plan.objects.create(
        scope=scope,
        district_id=place.district,
        street_id=place.street,
        community_id=place.community,
        profile=f"{profile().id} {profile().version}",
    )
    record(viewer, "plan.requested", "plan", plan.pk, plan.version, place, {"scope": scope.code})
    return plan


@transaction.atomic
def draw_plan(viewer: Viewer, plan: Plan) -> Plan:
    """Compute a requested plan from the units in the database and the grids decided last (R7).

    Raises
    ------
    ValidationError
        The plan has been computed, or its scope holds no buildings.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    require(viewer, "plan.propose", lineage_of(plan.scope))
    if plan.state != Plan.State.WAITING:
        raise ValidationError(_("This plan has been computed already."))
    basis = basis_of(plan.scope)
    if not basis.units:
        raise ValidationError(_("There are no buildings in %(name)s yet.") % {"name": plan.scope.name})
    drawn = division.divide(basis.units, basis.barriers, profile(), basis.previous, areas=basis.areas)
    plan.outcome, plan.basis = kept(drawn), basis.digest
    plan.moved_households, plan.state = drawn.moved_households, Plan.State.PROPOSED
    plan.version += 1
    plan.save()
    facts: dict[str, object] = {"grids": len(drawn.grids), "violations": len(drawn.violations)}
    record(viewer, "plan.proposed", "plan", plan.pk, plan.version, lineage_of(plan.scope), facts)
    return plan


@transaction.atomic
def propose_plan(viewer: Viewer, scope: Area) -> Plan:
    """Request a plan and compute it at once; a page that cannot wait lets a job do the second part."""
    return draw_plan(viewer, request_plan(viewer, scope))


@transaction.atomic
def give_plan_up(viewer: Viewer, plan: Plan, reason: str) -> None:
    """Note that a requested plan cannot be computed, and why."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    require(viewer, "plan.propose", lineage_of(plan.scope))
    plan.state, plan.reason = Plan.State.FAILED, reason[:200]
    plan.version += 1
    plan.save(update_fields=["state", "reason", "version"])
    record(viewer, "plan.failed", "plan", plan.pk, plan.version, lineage_of(plan.scope))


@transaction.atomic
def refuse_plan(viewer: Viewer, plan: Plan, reason: str) -> Plan:
    """Turn a proposed plan down; the grids stay as they are.

    Raises
    ------
    ValidationError
        The plan is not open for a decision, or no reason is given.
    """
    plan = open_plan(viewer, plan)
    if not reason.strip():
        raise ValidationError(_("Say why the plan is refused."))
    plan.state, plan.reason = Plan.State.REFUSED, reason.strip()[:200]
    plan.version += 1
    plan.save(update_fields=["state", "reason", "version"])
    record(viewer, "plan.refused", "plan", plan.pk, plan.version, lineage_of(plan.scope))
    return plan


def open_plan(viewer: Viewer, plan: Plan) -> Plan:
    """Return a plan under its row's lock if this viewer may decide it now."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    require(viewer, "plan.decide", lineage_of(plan.scope))
    if plan.state != Plan.State.PROPOSED:
        raise ValidationError(_("This plan is not open for a decision."))
    return plan
