"""Division plans: the list, and what one of them would change (R7)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from shige.division import Division, Grid, Piece
from shige.trust.gate import BELOW_STREET, Viewer, visible
from shige.trust.jurisdiction import profile

from ...computation.basis import communities_in, latest_versions
from ...computation.outcome import read_again
from ...computation.reasons import Broken, in_words
from ...grids.queries.grids import LEVELS
from ...models import Area, GridVersion, Plan
from ...shapes import Box, box_of, hull

PLANS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class GridChange:
    """What a plan makes of one grid: ``new``, ``changed`` or ``closed``, with its doors before and after.

    ``was`` is its name before, where the plan renames it.
    """

    kind: str
    code: str
    name: str
    level: str
    before: int | None
    after: int | None
    box: Box
    was: str = ""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Grids of a level and their mean doors, before and after."""

    level: str
    before: int
    after: int
    doors_before: float
    doors_after: float


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that the plan cannot keep: where, what and why (R6)."""

    code: str
    name: str
    level: str
    broken: Broken
    box: Box


@dataclass(frozen=True, slots=True)
class PlanView:
    """A computed plan against the grids decided last."""

    plan: Plan
    levels: tuple[LevelChange, ...]
    changes: tuple[GridChange, ...]
    violations: tuple[BrokenRule, ...]
    pieces: tuple[Piece, ...]
    households: int
    box: Box | None


def plan_list(viewer: Viewer) -> list[Plan]:
    """Return the newest plans where the viewer works. One statement."""
    found = Plan.objects.filter(visible(viewer, "plan.see")).select_related("scope")
    return list(found.defer("outcome", "basis").order_by("-pk")[:PLANS_SHOWN])


def plans_to_decide(viewer: Viewer) -> list[Plan]:
    """Return the plans that wait for the viewer's decision, the longest waiting first. One statement."""
    found = Plan.objects.filter(visible(viewer, "plan.decide"), state=Plan.State.SUBMITTED)
    return list(found.select_related("scope").defer("outcome", "basis").order_by("pk"))


def scopes_for(viewer: Viewer) -> "QuerySet[Area]":
    """Return the streets, communities and own exclusive grids for which the viewer may propose a plan."""
    built = Area.objects.filter(divisions_of(viewer), buildings__isnull=False)
    reachable = Q(pk__in=built.values("pk"))
    if viewer.system or any(scope.level not in BELOW_STREET for scope in viewer.holding("plan.propose")):
        reachable |= Q(pk__in=built.values("street"))
    own = [scope.area for scope in viewer.holding("plan.propose") if scope.level == Area.Level.EXCLUSIVE]
    return Area.objects.filter(Q(reachable, kind=Area.Kind.DIVISION) | Q(pk__in=own)).order_by("code")


def divisions_of(viewer: Viewer) -> Q:
    """Return the filter of the divisions for which the viewer may propose; a managing body has none."""
    offices = tuple(scope for scope in viewer.scopes if scope.level != Area.Level.EXCLUSIVE)
    return visible(Viewer(viewer.person, offices, viewer.actions, viewer.system), "plan.propose")


def plan_of(viewer: Viewer, pk: int) -> Plan:
    """Return a plan that the viewer may see; Http404 where there is none."""
    plan = Plan.objects.filter(visible(viewer, "plan.see"), pk=pk).select_related("scope").first()
    if plan is None:
        raise Http404(str(pk))
    return plan


def plan_view(plan: Plan) -> PlanView:
    """Compare a computed plan with what it replaces: once decided, with the grids that it ended."""
    division = division_in(plan)
    before = {version.area.code: version for version in replaced(plan)}
    return PlanView(
        plan=plan,
        levels=tuple(levels_of(division, before)),
        changes=tuple(changes_of(division, before)),
        violations=tuple(broken_in(division)),
        pieces=division.pieces,
        households=sum(piece.households for piece in division.pieces),
        box=hull(box_of(grid.geometry) for grid in division.grids),
    )


def division_in(plan: Plan) -> Division:
    """Return what a plan holds, its community grids named as they will be called."""
    division = read_again(plan.outcome)
    places = {area.code: area.name for area in communities_in(plan.scope)}
    pattern = profile().grids.names.community
    named = (
        replace(grid, name=pattern.format(place=places[grid.code[:12]], number=1))
        if grid.level == "community"
        else grid
        for grid in division.grids
    )
    return replace(division, grids=tuple(named))


def replaced(plan: Plan) -> list[GridVersion]:
    """Return the versions that hold, or held, before the plan."""
    communities = communities_in(plan.scope)
    if plan.effective_on is None:
        return latest_versions(communities)
    day_before = plan.effective_on - timedelta(days=1)
    held = GridVersion.objects.filter(community__in=communities, valid__contains=day_before)
    return list(held.select_related("area", "parent"))


def levels_of(division: Division, before: Mapping[str, GridVersion]) -> list[LevelChange]:
    """Count grids and doors by level, before and after."""
    rows = []
    for level in LEVELS:
        old = [version.households + version.shops for version in before.values() if version.level == level]
        new = [grid.households + grid.shops for grid in division.grids if grid.level == level]
        rows.append(LevelChange(level, len(old), len(new), mean(old), mean(new)))
    return rows


def mean(numbers: list[int]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def changes_of(division: Division, before: Mapping[str, GridVersion]) -> list[GridChange]:
    """List the grids that are new, change their doors or parent, or go."""
    changes = []
    for grid in division.grids:
        old = before.get(grid.code)
        kind = "new" if old is None else "changed" if differs(old, grid) else ""
        if kind:
            held = None if old is None else old.households + old.shops
            after = grid.households + grid.shops
            box, was = box_of(grid.geometry), "" if old is None or old.called == grid.name else old.called
            changes.append(GridChange(kind, grid.code, grid.name, grid.level, held, after, box, was))
    kept = {grid.code for grid in division.grids}
    changes += [
        GridChange("closed", code, old.called, old.level, old.households + old.shops, None, old.box)
        for code, old in before.items()
        if code not in kept
    ]
    return changes


def differs(old: GridVersion, grid: Grid) -> bool:
    """Say whether a plan gives a grid other doors, floors, another parent or another name."""
    parent = old.parent.code if old.parent and old.parent.kind == "grid" else ""
    return (old.called, old.households, old.shops, old.floors, parent) != (
        grid.name,
        grid.households,
        grid.shops,
        grid.floors,
        grid.parent,
    )


def broken_in(division: Division) -> list[BrokenRule]:
    """List every rule that the plan cannot keep, in words."""
    grids: dict[str, Grid] = {grid.code: grid for grid in division.grids}
    listed = []
    for found in division.violations:
        grid = grids[found.grid]
        kept: dict[str, Any] = {**asdict(found), "details": dict(found.details)}
        listed.append(BrokenRule(grid.code, grid.name, grid.level, in_words(kept), box_of(grid.geometry)))
    return listed
