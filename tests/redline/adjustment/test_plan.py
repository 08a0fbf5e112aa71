"""What a division plan says of the line before it is decided, and to whom (R7, R9)."""

import pytest

from shige.division import Piece
from shige.redline.adjustment.plan import PlanLine, consequences, households_coming, panel_of
from shige.redline.organisations.commands import found
from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Plan
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import today
from tests.territory.conftest import BEGUN
from tests.territory.ground import TWO, ground, units
from tests.territory.plans.test_plans import more_houses

from ..conftest import serving

KINDS = {"general": "community_cadres", "micro": "resident_members"}


def piece(unit: str, general: str, micro: str, households: int) -> Piece:
    return Piece(unit, "", households, 0, "c", general, micro, "")


def test_grids_share_the_households_of_the_buildings_in_both() -> None:
    before = [piece("A", "g1", "m1", 20), piece("B", "g1", "m2", 10)]
    after = [piece("A", "g1", "m9", 15), piece("B", "g2", "m9", 10), piece("new", "g2", "m9", 40)]
    coming = households_coming(before, after)
    assert {pair: count for pair, count in coming.items() if count} == {
        ("g1", "g1"): 15, ("g1", "g2"): 10, ("m1", "m9"): 15, ("m2", "m9"): 10,
    }  # fmt: skip


@pytest.fixture
def replaced(db: None) -> Plan:
    """A plan for more houses, where each general grid and micro-grid in force has an organisation."""
    import_units(SYSTEM, ground([*units(40), *units(5, TWO, 40)]).units)
    street = Area.objects.get(code="990101001000")
    decide_plan(SYSTEM, propose_plan(SYSTEM, street), today() - BEGUN)
    for grid in Area.objects.filter(kind=Area.Kind.GRID, level__in=KINDS).order_by("code"):
        found(SYSTEM, f"{grid.name}党组织", KINDS[grid.level], grid.pk)
    return more_houses(street)


def test_a_plan_tells_which_organisations_lose_their_grid_and_which_grids_have_none(replaced: Plan) -> None:
    told = consequences(replaced)
    codes = {grid["code"] for grid in replaced.outcome["grids"] if grid["level"] in KINDS}
    before = set(Area.objects.filter(kind=Area.Kind.GRID, level__in=KINDS).values_list("code", flat=True))
    others = {grid["code"] for grid in replaced.outcome["grids"]} - codes
    assert told.losing == len(before - codes)
    assert codes - before and told.bare == len(codes - before) + len(others)
    assert len([one for one in told.proposed if one.act in ("found", "retie")]) == told.bare


def test_only_whoever_sees_the_line_is_told_and_only_before_the_decision(replaced: Plan) -> None:
    street = replaced.scope
    assert isinstance(panel_of(serving("street_officer", street), replaced)["redline"], PlanLine)
    for viewer in (PUBLIC, serving("micro_worker", street), serving("department", street)):
        assert panel_of(viewer, replaced) == {}
    decided = decide_plan(SYSTEM, replaced, today())
    assert panel_of(serving("street_officer", street), decided) == {}
