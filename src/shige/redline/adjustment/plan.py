"""What a division plan would do to the line, said on its page before it is decided (R7, R9)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from shige.division import Grid, Piece
from shige.territory.lineage import lineage_of
from shige.territory.models import Plan
from shige.territory.plans.queries.comparison import division_before
from shige.territory.plans.queries.plans import division_in
from shige.territory.plans.workflow import OPEN
from shige.trust.gate import Viewer, may
from shige.trust.jurisdiction import profile

from ..models import Standing
from .matching import NEAREST, steps
from .queries import kinds_of_levels

LEVELS: Final = ("general", "micro", "exclusive")
"""Of which a plan draws several in a community."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One grid or organisation that the plan would touch, and what is proposed then.

    ``households`` come along from the organisation's present grid.
    """

    act: str
    grid: str
    level: str
    name: str = ""
    old: str = ""
    households: int = 0


@dataclass(frozen=True, slots=True)
class PlanLine:
    """How many organisations would lose their grid, how many grids would have none, what would mend it."""

    losing: int
    bare: int
    proposed: tuple[Consequence, ...]


def panel_of(viewer: Viewer, plan: Plan) -> dict[str, object]:
    """Return what the plan's page says of the line, to whoever sees the line there."""
    decidable = plan.state in OPEN | {Plan.State.SUBMITTED}
    if not decidable or not may(viewer, "redline.see", lineage_of(plan.scope)) or not kinds_of_levels():
        return {}
    return {"redline": consequences(plan)}


def consequences(plan: Plan) -> PlanLine:
    """Return what a plan that is not decided would do to the line of its area. One statement of its own."""
    before, after = division_before(plan), division_in(plan)
    kinds = kinds_of_levels()
    kept = {grid.code: grid for grid in after.grids}
    codes = [grid.code for grid in (*before.grids, *after.grids)]
    rows = Standing.objects.filter(Q(area__code__in=codes), tied=True, valid__upper_inf=True)
    standings = list(rows.select_related("area").order_by("area__code", "kind"))
    tied = {row.area.code for row in standings}
    losing = [row for row in standings if row.area.code not in kept]
    bare = [
        grid
        for grid in after.grids
        if grid.level in kinds and grid.code not in tied and not _stood_in(grid, kept, tied)
    ]
    bare.sort(key=lambda grid: (list(kinds).index(grid.level), grid.code))
    coming = households_coming(before.pieces, after.pieces)
    near = {
        (loose, gap): min(float(coming[row.area.code, grid.code]) / 10, NEAREST - 1)
        for loose, row in enumerate(losing)
        for gap, grid in enumerate(bare)
        if kinds[grid.level] == row.kind and coming[row.area.code, grid.code]
    }
    made = steps(len(bare), [True] * len(losing), near, {loose: 0 for loose in range(len(losing))})
    told = [
        _told(bare[step.gap] if step.gap is not None else None, losing, step.loose, coming) for step in made
    ]
    return PlanLine(len(losing), len(bare), tuple(told))


def _stood_in(grid: Grid, grids: Mapping[str, Grid], tied: Collection[str]) -> bool:
    """Say whether the organisation of a level above takes care of a grid, where its pair names the level."""
    levels = {pair.otherwise for pair in profile().redline if pair.oversees == grid.level}
    above = grids.get(grid.parent)
    while above is not None:
        if above.level in levels and above.code in tied:
            return True
        above = grids.get(above.parent)
    return False


def households_coming(before: Iterable[Piece], after: Iterable[Piece]) -> Mapping[tuple[str, str], int]:
    """Return how many households each grid before has in common with each after it, level by level."""
    found: Counter[tuple[str, str]] = Counter()
    for level in LEVELS:
        held, wanted = _shares(before, level), _shares(after, level)
        for unit in held.keys() & wanted.keys():
            for origin, had in held[unit].items():
                for target, has in wanted[unit].items():
                    found[origin, target] += min(had, has)
    return found


def _shares(pieces: Iterable[Piece], level: str) -> Mapping[str, Counter[str]]:
    """Return the households that each building has in each grid of a level."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        if code := getattr(piece, level):
            found[piece.unit][code] += piece.households
    return found


def _told(
    grid: Grid | None, losing: Sequence[Standing], loose: int | None, coming: Mapping[tuple[str, str], int]
) -> Consequence:
    if loose is None:
        return Consequence("found", grid.name if grid else "", grid.level if grid else "")
    row = losing[loose]
    if grid is None:
        return Consequence("merge", "", row.area.level, row.name, row.area.name)
    return Consequence(
        "retie", grid.name, grid.level, row.name, row.area.name, coming[row.area.code, grid.code]
    )
