"""Change a computed plan by hand, and say what has to be honoured when it is computed again (R6, R7)."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.division import Division, Wishes
from shige.trust.commands import record
from shige.trust.gate import Viewer

from ..lineage import lineage_of
from ..models import Area, Building, Plan, PlanNote
from ..planning.basis import ground_of, placed_before
from ..planning.byhand import Wanted, in_community, judged, moved, new_code, put_back
from ..planning.moves import households_moved
from ..planning.outcome import kept, read_again
from ..planning.own import own_units
from ..planning.settings import rules_for, settings_of
from ..planning.wishes import kept_wishes, wishes_of
from .steps import note_on, open_plan, take_step


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
    community = Area.objects.get(code=wanted.target[:12])
    here = in_community(whole, community.code)
    origin = next((piece.leaf for piece in here.pieces if piece.unit == wanted.unit), "")
    there = judged_anew(plan, here, wanted, community)
    plan.moved_households = moved_now(plan, community, here, there)
    changed = put_back(whole, community.code, there)
    plan.outcome = kept(replace(changed, moved_households=plan.moved_households))
    plan.reason = ""
    take_step(plan, "change", ["outcome", "moved_households", "reason"])
    facts: dict[str, object] = {"unit": wanted.unit, "part": wanted.part, "from": origin, "to": wanted.target}
    record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), facts)
    address = Building.objects.values_list("address", flat=True).get(unit=wanted.unit)
    names = {grid.code: grid.name for grid in (*there.grids, *here.grids)}
    told = {"address": address, "from": names.get(origin, ""), "to": names[wanted.target]}
    note_on(viewer, plan, PlanNote.Kind.MOVED, **told)
    return plan


def check_seen(plan: Plan, seen: int) -> None:
    """Refuse a change to another version than the person saw."""
    if plan.version != seen:
        raise ValidationError(_("Somebody changed this plan meanwhile. Look at it again, then change it."))


def judged_anew(plan: Plan, here: Division, wanted: Wanted, community: Area) -> Division:
    """Return a community of a plan after a move, drawn and judged."""
    rules = rules_for(settings_of(plan.settings))
    try:
        pieces = moved(here.pieces, wanted, new_code(here, wanted.level))
        return judged(here, pieces, ground_of(community), rules, polygons=True)
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
def lock_grid(viewer: Viewer, plan: Plan, code: str, locked: bool) -> Plan:
    """Lock a micro-grid of a plan, or let it go.

    Raises
    ------
    ValidationError
        The plan is not open, or has no such micro-grid.
    """
    plan = open_plan(viewer, plan, "change")
    names = {grid["code"]: grid["name"] for grid in plan.outcome["grids"] if grid["level"] == "micro"}
    if code not in names:
        raise ValidationError(_("There is no such grid in this plan."))
    wishes = wishes_of(plan.wishes)
    now = wishes.locked | {code} if locked else wishes.locked - {code}
    wish = "locked" if locked else "unlocked"
    return keep_wishes(viewer, plan, replace(wishes, locked=now), wish, [names[code]])


@transaction.atomic
def keep_together(viewer: Viewer, plan: Plan, units: frozenset[str]) -> Plan:
    """Ask for buildings in one micro-grid."""
    plan = open_plan(viewer, plan, "change")
    wishes = wishes_of(plan.wishes)
    addresses = addresses_of(plan, units)
    others = tuple(group for group in wishes.together if not group & units)
    joined = frozenset().union(units, *(group for group in wishes.together if group & units))
    return keep_wishes(viewer, plan, replace(wishes, together=(*others, joined)), "together", addresses)


@transaction.atomic
def keep_apart(viewer: Viewer, plan: Plan, units: frozenset[str]) -> Plan:
    """Ask for two buildings in different micro-grids."""
    plan = open_plan(viewer, plan, "change")
    wishes = wishes_of(plan.wishes)
    addresses = addresses_of(plan, units)
    first, second = sorted(units)
    pairs = tuple(dict.fromkeys((*wishes.apart, (first, second))))
    return keep_wishes(viewer, plan, replace(wishes, apart=pairs), "apart", addresses)


@transaction.atomic
def drop_wishes(viewer: Viewer, plan: Plan) -> Plan:
    """Forget every wish of a plan."""
    plan = open_plan(viewer, plan, "change")
    return keep_wishes(viewer, plan, Wishes(), "dropped", [])


@transaction.atomic
def compute_again(viewer: Viewer, plan: Plan) -> Plan:
    """Open a plan for another computation, from what it holds and what it has to honour."""
    plan = open_plan(viewer, plan, "again")
    check_computed(plan)
    plan.done = plan.todo = 0
    plan.reason = ""
    take_step(plan, "again", ["done", "todo", "reason"])
    record(viewer, "plan.requested", "plan", plan.pk, plan.version, lineage_of(plan.scope))
    return plan


def check_computed(plan: Plan) -> None:
    """Refuse what concerns the computation in a plan that only a hand draws."""
    if plan.leaf_id:
        raise ValidationError(_("The plan of an exclusive grid is drawn by hand, not computed."))


def addresses_of(plan: Plan, units: frozenset[str]) -> list[str]:
    """Return the addresses of two buildings of a plan."""
    held = {row[0] for row in plan.outcome["pieces"]}
    if len(units) != 2 or not units <= held:
        raise ValidationError(_("Choose two buildings of this plan."))
    return list(Building.objects.filter(unit__in=units).order_by("unit").values_list("address", flat=True))


def keep_wishes(viewer: Viewer, plan: Plan, wishes: Wishes, wish: str, names: list[str]) -> Plan:
    """Save wishes with a note of what changed."""
    check_computed(plan)
    plan.wishes = kept_wishes(wishes)
    take_step(plan, "change", ["wishes"])
    facts: dict[str, object] = {"wish": wish}
    record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), facts)
    note_on(viewer, plan, PlanNote.Kind.WISHED, wish=wish, names=names)
    return plan
