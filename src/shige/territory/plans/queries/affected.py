"""Whom a plan concerns: grids with their households before and after, and the posts to be told (R7)."""

from collections import Counter
from dataclasses import dataclass

from ...computation.moves import moves
from ...grids.queries.people import Team, teams_of
from ...models import Area, Plan
from .comparison import division_before
from .plans import GridChange, division_in, plan_view


@dataclass(frozen=True, slots=True)
class Affected:
    """A grid that a plan opens, changes or ends; ``joins`` and ``leaves`` count households that move."""

    change: GridChange
    joins: int
    leaves: int
    teams: tuple[Team, ...]


def affected(plan: Plan) -> list[Affected]:
    """Return the grids below the community that change, with the posts in them. No residents."""
    changes = [change for change in plan_view(plan).changes if change.level != Area.Level.COMMUNITY]
    areas = Area.objects.filter(code__in=[change.code for change in changes]).only("code", "level")
    levels = {area.pk: area.level for area in areas}
    teams = teams_of(levels)
    by_code = {area.code: teams.get(area.pk, []) for area in areas}
    joins, leaves = movements(plan)
    return [
        Affected(change, joins[change.code], leaves[change.code], tuple(by_code.get(change.code, ())))
        for change in sorted(changes, key=lambda change: change.code)
    ]


def movements(plan: Plan) -> tuple[Counter[str], Counter[str]]:
    """Count the households that come to each grid of the lowest level, and those that leave it."""
    joins: Counter[str] = Counter()
    leaves: Counter[str] = Counter()
    for move in moves(division_before(plan).pieces, division_in(plan).pieces):
        joins[move.target] += move.households
        leaves[move.origin] += move.households
    return joins, leaves
