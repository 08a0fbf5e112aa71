"""A plan of an exclusive grid: drawn by its managing body, within its own buildings (R44)."""

from dataclasses import replace

from shige import division
from shige.division import Division

from ..computation.basis import basis_of, communities_in, latest_versions
from ..computation.outcome import division_of
from ..computation.settings import rules_for, usual_settings
from ..models import Area, Building, Plan
from ..refinement.change import area_of


def own_units(plan: Plan) -> frozenset[str] | None:
    """Return the units that a plan may move: those of the managing body; None for all. Two statements."""
    if plan.leaf_id is None:
        return None
    bodies = Building.objects.filter(placements__leaf=plan.leaf_id, placements__valid__upper_inf=True)
    managers = set(bodies.exclude(manager="").values_list("manager", flat=True))
    own = Building.objects.filter(community=plan.community_id, manager__in=managers)
    return frozenset(own.values_list("unit", flat=True))


def as_it_is(scope: Area) -> Division:
    """Return the grids decided last in an exclusive grid's community, judged as they are.

    Raises
    ------
    ValueError
        They do not fit the buildings as they are now.
    """
    basis = basis_of(scope)
    if basis.previous is None:
        raise ValueError("no grids are in force")
    held = division_of(latest_versions(communities_in(scope)), basis.previous.pieces)
    found = division.assess(
        basis.units,
        basis.barriers,
        held.pieces,
        rules_for(usual_settings()),
        areas=area_of(held),
        names={grid.code: grid.name for grid in held.grids},
    )
    return replace(found, serials=dict(basis.previous.serials), moved_households=0)
