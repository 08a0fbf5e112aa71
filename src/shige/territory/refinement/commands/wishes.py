"""Say what has to be honoured when a plan is computed again, and forget it (R6)."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from shapely import LineString

from shige.division import Wishes
from shige.trust.commands import record
from shige.trust.gate import Viewer

from ...facts import PlanChanged
from ...grids.names import spoken
from ...lineage import lineage_of
from ...models import Building, Plan, PlanNote
from ...plans.commands.proposal import lasting_names_of
from ...plans.commands.steps import note_on, open_plan, take_step
from ..borders import area_in, check_line, metres_of
from ..wishes import each, kept_wishes, wishes_of, without


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
def rename_grid(viewer: Viewer, plan: Plan, code: str, name: str) -> Plan:
    """Give a grid another name from the plan's date on: only on a person's word.

    Raises
    ------
    ValidationError
        The plan is not open, has no such grid, or the name cannot be spoken or is borne by another one.
    """
    plan = open_plan(viewer, plan, "change")
    check_computed(plan)
    grids = {grid["code"]: grid for grid in plan.outcome["grids"] if grid["level"] != "community"}
    if code not in grids:
        raise ValidationError(_("There is no such grid in this plan."))
    said, before = spoken(name), grids[code]["name"]
    if said in {given for other, given in lasting_names_of(plan).items() if other != code}:
        raise ValidationError(_("Another grid is called “%(name)s”.") % {"name": said})
    grids[code]["name"] = said
    take_step(plan, "change", ["outcome"])
    fact = PlanChanged(wish="named")
    record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
    note_on(viewer, plan, PlanNote.Kind.WISHED, wish="named", names=[f"{before} → {said}"])
    return plan


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
def draw_line(viewer: Viewer, plan: Plan, line: LineString) -> Plan:
    """Ask for a border: no micro-grid is to lie on both sides of the line.

    Raises
    ------
    ValidationError
        The plan is not open, the line lies outside its area, or the plan has as many lines as it may.
    """
    plan = open_plan(viewer, plan, "change")
    check_computed(plan)
    wishes = wishes_of(plan.wishes)
    check_line(line, wishes.lines, area_in(plan.outcome))
    lines = tuple(dict.fromkeys((*wishes.lines, line)))
    return keep_wishes(viewer, plan, replace(wishes, lines=lines), "line", [str(metres_of(line))])


@transaction.atomic
def drop_wish(viewer: Viewer, plan: Plan, key: str) -> Plan:
    """Forget one wish of a plan; ``key`` is that of ``planning.wishes``.

    Raises
    ------
    ValidationError
        The plan is not open, or has no such wish any more.
    """
    plan = open_plan(viewer, plan, "change")
    found = next((wish for wish in each(plan.wishes) if wish[0] == key), None)
    if found is None:
        raise ValidationError(_("This was forgotten already."))
    _key, kind, named = found
    wish = "line_dropped" if kind == "lines" else "let_go"
    return keep_wishes(viewer, plan, wishes_of(without(plan.wishes, key)), wish, names_of(plan, kind, named))


@transaction.atomic
def drop_wishes(viewer: Viewer, plan: Plan) -> Plan:
    """Forget every wish of a plan."""
    plan = open_plan(viewer, plan, "change")
    return keep_wishes(viewer, plan, Wishes(), "dropped", [])


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


def names_of(plan: Plan, kind: str, named: Any) -> list[str]:
    """Return what a wish names, in the words of the plan's history."""
    if kind == "lines":
        return [str(metres_of(LineString(named)))]
    if kind == "locked":
        return [str(grid["name"]) for grid in plan.outcome["grids"] if grid["code"] == named] or [named]
    return list(Building.objects.filter(unit__in=named).order_by("unit").values_list("address", flat=True))


def keep_wishes(viewer: Viewer, plan: Plan, wishes: Wishes, wish: str, names: list[str]) -> Plan:
    """Save wishes with a note of what changed."""
    check_computed(plan)
    plan.wishes = kept_wishes(wishes)
    take_step(plan, "change", ["wishes"])
    fact = PlanChanged(wish=wish)
    record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
    note_on(viewer, plan, PlanNote.Kind.WISHED, wish=wish, names=names)
    return plan
