"""Propose division plans, and refuse them; deciding is in ``deciding.py`` (R3, R7)."""

from dataclasses import asdict, replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.division import Division, Previous
from shige.trust.commands import record
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile

from ...computation.basis import Basis, basis_of, communities_in, latest_versions
from ...computation.drawing import draw
from ...computation.lasting_names import with_lasting_names
from ...computation.moves import households_moved
from ...computation.outcome import kept, read_again
from ...computation.rounds import hours_of
from ...computation.settings import PlanSettings, differences, rules_for, settings_of, usual_settings
from ...facts import PlanProposed, PlanRequested
from ...lineage import lineage_of
from ...models import Area, Plan, PlanNote
from ...refinement.wishes import wishes_of
from ..exclusive_grid import as_it_is
from .steps import note_on, open_plan, take_step
from .submission import tell_submitter

PATIENCE = timedelta(hours=1)
"""After this a plan that is still waiting keeps nobody from requesting another."""

SCOPES = frozenset(
    {
        (Area.Kind.DIVISION, Area.Level.COMMUNITY),
        (Area.Kind.DIVISION, Area.Level.STREET),
        (Area.Kind.DIVISION, Area.Level.DISTRICT),
        (Area.Kind.GRID, Area.Level.EXCLUSIVE),
    }
)
"""What a plan may be for; that of an exclusive grid begins at the grids in force, and is drawn by hand."""


@transaction.atomic
def request_plan(viewer: Viewer, scope: Area, settings: PlanSettings | None = None) -> Plan:
    """Open a plan that is still to be computed.

    Raises
    ------
    ValidationError
        The scope is no community, street or district, a setting is out of its bounds, or a plan for the
        scope is being computed already.
    """
    require(viewer, "plan.propose", lineage_of(scope))
    if (scope.kind, scope.level) not in SCOPES:
        raise ValidationError(_("A plan divides a community, a street or a district."))
    chosen = settings or usual_settings()
    check_settings(chosen)
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
        leaf_id=place.leaf,
        profile=f"{profile().id} {profile().version}",
        settings=asdict(chosen),
    )
    told = {found.name: found.chosen for found in differences(chosen)}
    fact = PlanRequested(scope=scope.code, **told)
    record(viewer, "plan.requested", "plan", plan.pk, plan.version, place, fact)
    return plan


def check_settings(settings: PlanSettings) -> None:
    """Refuse settings that are no rules."""
    try:
        rules_for(settings)
    except ValueError as error:
        raise ValidationError(
            _("A target lies outside the bounds of its level, or a price below 0.")
        ) from error


def draw_plan(viewer: Viewer, plan: Plan) -> Plan:
    """Compute a requested plan from the units in the database and the grids decided last (R7).

    Only the end is a transaction: while it computes, others read how far it is, and nothing is locked.

    Raises
    ------
    ValidationError
        The plan has been computed, or its scope holds no buildings.
    """
    plan = Plan.objects.select_related("scope").get(pk=plan.pk)
    require(viewer, "plan.propose", lineage_of(plan.scope))
    check_waiting(plan)
    basis = basis_of(plan.scope)
    if not basis.units:
        raise ValidationError(_("There are no buildings in %(name)s yet.") % {"name": plan.scope.name})

    def told(done: int, todo: int) -> None:
        Plan.objects.filter(pk=plan.pk).update(done=done, todo=todo)

    begun = from_itself(plan, basis) if plan.outcome else basis
    if plan.leaf_id:
        return keep_drawn(viewer, plan, in_force_again(plan), basis)
    drawn = draw(begun, rules_for(settings_of(plan.settings)), told, wishes_of(plan.wishes))
    if begun is not basis:
        before = basis.previous
        count = households_moved(before.pieces, drawn.pieces) if before else None
        drawn = replace(drawn, moved_households=count)
    return keep_drawn(viewer, plan, drawn, basis)


def in_force_again(plan: Plan) -> Division:
    """Return the grids in force as the plan of an exclusive grid begins with them."""
    try:
        return as_it_is(plan.scope)
    except ValueError as error:
        raise ValidationError(
            _("Buildings have changed since the grids were decided; the community divides anew first.")
        ) from error


def from_itself(plan: Plan, basis: Basis) -> Basis:
    """Return a basis that begins at what the plan holds: hand-made changes and locks live on."""
    held = read_again(plan.outcome)
    return replace(basis, previous=Previous(held.pieces, held.serials))


@transaction.atomic
def keep_drawn(viewer: Viewer, plan: Plan, drawn: Division, basis: Basis) -> Plan:
    """Keep what was computed for a plan that still waits for it, and what it was asked to honour."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("scope").get(pk=plan.pk)
    check_waiting(plan)
    drawn = with_lasting_names(drawn, lasting_names_of(plan))
    rounds = hours_of(drawn, basis.units, rules_for(settings_of(plan.settings)).grids)
    plan.outcome, plan.basis = kept(drawn, plan.wishes, rounds), basis.digest
    plan.moved_households, plan.state = drawn.moved_households, Plan.State.PROPOSED
    plan.version += 1
    plan.save()
    fact = PlanProposed(grids=len(drawn.grids), violations=len(drawn.violations))
    record(viewer, "plan.proposed", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
    return plan


def lasting_names_of(plan: Plan) -> dict[str, str]:
    """Return the names that stay: of the grids there decided last, and those that the plan held so far."""
    living = {version.area.code: version.called for version in latest_versions(communities_in(plan.scope))}
    return living | {grid["code"]: grid["name"] for grid in plan.outcome.get("grids", ())}


def check_waiting(plan: Plan) -> None:
    """Refuse to compute a plan twice."""
    if plan.state != Plan.State.WAITING:
        raise ValidationError(_("This plan has been computed already."))


@transaction.atomic
def propose_plan(viewer: Viewer, scope: Area, settings: PlanSettings | None = None) -> Plan:
    """Request a plan and compute it at once; a page that cannot wait lets a job do the second part."""
    return draw_plan(viewer, request_plan(viewer, scope, settings))


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
    """Return a plan to whoever made it: the grids stay, and it may be changed and submitted again.

    Raises
    ------
    ValidationError
        The plan is not open for a decision, or no reason is given.
    """
    plan = open_plan(viewer, plan, "refuse")
    if not reason.strip():
        raise ValidationError(_("Say why the plan is refused."))
    plan.reason = reason.strip()[:200]
    take_step(plan, "refuse", ["reason"])
    record(viewer, "plan.refused", "plan", plan.pk, plan.version, lineage_of(plan.scope))
    note_on(viewer, plan, PlanNote.Kind.REFUSED, plan.reason)
    tell_submitter("plan.refused", plan)
    return plan
