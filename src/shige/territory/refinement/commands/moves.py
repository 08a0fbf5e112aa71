"""Change a computed plan by hand: a building goes to another grid, or all is computed again (R6, R7)."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.division import Division
from shige.trust.commands import record
from shige.trust.gate import Viewer

from ...computation.basis import Ground, communities_in, ground_of, placed_before
from ...computation.lasting_names import with_lasting_names
from ...computation.moves import households_moved
from ...computation.outcome import kept, read_again
from ...computation.rounds import hours_of
from ...computation.settings import rules_for, settings_of
from ...facts import PlanChanged, PlanRequested
from ...lineage import lineage_of
from ...models import Area, Building, Plan, PlanNote
from ...plans.commands.proposal import lasting_names_of
from ...plans.commands.steps import note_on, open_plan, take_step
from ...plans.exclusive_grid import own_units
from ..change import Wanted, in_community, judged, moved, new_code, put_back, with_unmet
from .wishes import check_computed


@transaction.atomic
def move_building(viewer: Viewer, plan: Plan, wanted: Wanted, seen: int) -> Plan:
    """Put a building, or a part of one, into another grid of its community; broken rules are told only.

    Parameters
    ----------
    seen
        The version of the plan that the person saw.

    Raises
    ------
    ValidationError
        The plan is not open, was changed since, or does not fit the buildings as they are now; there is no
        such building or grid; or the grid is of another community or kind.
    """
    plan = open_plan(viewer, plan, "change")
    check_seen(plan, seen)
    own = own_units(plan)
    if own is not None and wanted.unit not in own:
        raise ValidationError(_("Only buildings of the managing body can be moved in this plan."))
    whole = read_again(plan.outcome)
    within = communities_in(plan.scope)
    community = next((area for area in within if area.code == wanted.target[:12]), None)
    if community is None:
        raise ValidationError(_("Choose a building and a grid."))
    here = in_community(whole, community.code)
    origin = next((piece.leaf for piece in here.pieces if piece.unit == wanted.unit), "")
    ground = ground_of(community)
    there = judged_anew(plan, here, wanted, ground)
    plan.moved_households = moved_now(plan, community, here, there)
    changed = put_back(whole, community.code, there)
    rounds = plan.outcome.get("rounds", {}) | hours_of(
        there, ground[0], rules_for(settings_of(plan.settings)).grids
    )
    changed = replace(
        with_lasting_names(changed, lasting_names_of(plan)), moved_households=plan.moved_households
    )
    plan.outcome = kept(changed, plan.outcome.get("asked", {}), rounds)
    plan.reason = ""
    take_step(plan, "change", ["outcome", "moved_households", "reason"])
    fact = PlanChanged(unit=wanted.unit, part=wanted.part, from_=origin, to=wanted.target)
    record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
    address = Building.objects.values_list("address", flat=True).get(unit=wanted.unit)
    names = {grid.code: grid.name for grid in (*there.grids, *here.grids)}
    told = {"address": address, "from": names.get(origin, ""), "to": names[wanted.target]}
    note_on(viewer, plan, PlanNote.Kind.MOVED, **told)
    return plan


def check_seen(plan: Plan, seen: int) -> None:
    """Refuse a change to another version than the person saw."""
    if plan.version != seen:
        raise ValidationError(_("Somebody changed this plan meanwhile. Look at it again, then change it."))


def judged_anew(plan: Plan, here: Division, wanted: Wanted, ground: Ground) -> Division:
    """Return a community of a plan after a move, drawn and judged."""
    rules = rules_for(settings_of(plan.settings))
    try:
        pieces = moved(here.pieces, wanted, new_code(here, wanted.level))
        return with_unmet(here, judged(here, pieces, ground, rules, polygons=True))
    except ValueError as error:
        raise ValidationError(
            _("This move does not fit the buildings and grids as they are now; compute the plan again.")
        ) from error


def moved_now(plan: Plan, community: Area, here: Division, there: Division) -> int | None:
    """Return the households that the plan moves after a change in one community."""
    if plan.moved_households is None:
        return None
    before = placed_before(community)
    change = households_moved(before, there.pieces) - households_moved(before, here.pieces)
    return plan.moved_households + change


@transaction.atomic
def compute_again(viewer: Viewer, plan: Plan) -> Plan:
    """Open a plan for another computation, from what it holds and what it has to honour."""
    plan = open_plan(viewer, plan, "again")
    check_computed(plan)
    plan.done = plan.todo = 0
    plan.reason = ""
    take_step(plan, "again", ["done", "todo", "reason"])
    record(viewer, "plan.requested", "plan", plan.pk, plan.version, lineage_of(plan.scope), PlanRequested())
    return plan
