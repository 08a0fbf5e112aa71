"""The managing body draws and refines its own exclusive grid, within its own buildings (R44)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from shige.territory import jobs
from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, GridVersion, Placement, Plan
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.plans.commands.submission import submit_plan
from shige.territory.plans.queries.plans import plan_list, scopes_for
from shige.territory.refinement.change import Wanted
from shige.territory.refinement.commands.moves import compute_again, move_building
from shige.territory.refinement.commands.wishes import lock_grid
from shige.territory.refinement.queries.moves import choice, effect
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.queries import today
from shige.trust.templatetags.veils import veil

from ..conftest import BEGUN, SignIn, first_of
from ..ground import TWO, ground, units


@pytest.fixture
def market(street: Area) -> Area:
    """The exclusive grid of a market of three halls, in force for a month."""
    halls = units(2, TWO, 48, use="market", households=0, shops=20, floors=1, manager="示例市场")
    import_units(SYSTEM, ground(halls).units)
    decide_plan(SYSTEM, propose_plan(SYSTEM, street), today() - BEGUN)
    return first_of("exclusive")


@pytest.fixture
def body(market: Area, appointed: Any) -> Viewer:
    viewer: Viewer = appointed("managing_body", market)
    return viewer


def to_a_new_grid(plan: Plan, unit: str) -> Wanted:
    return Wanted(unit, "", choice(plan, unit).beside[-1].code)


def test_a_managing_body_proposes_for_its_own_grid_alone(market: Area, body: Viewer, appointed: Any) -> None:
    assert list(scopes_for(body)) == [market]
    plan = propose_plan(body, market)
    assert plan.state == Plan.State.PROPOSED and plan.moved_households == 0
    assert plan_list(body) == [plan]
    with pytest.raises(PermissionDenied):
        propose_plan(body, Area.objects.get(code=TWO))
    other = appointed("managing_body", Area.objects.filter(kind="grid", level="micro")[0])
    with pytest.raises(PermissionDenied):
        propose_plan(other, market)


def test_its_plan_begins_at_the_grids_in_force(market: Area, body: Viewer) -> None:
    plan = propose_plan(body, market)
    in_force = GridVersion.objects.filter(community__code=TWO).values_list("area__code", flat=True)
    assert {grid["code"] for grid in plan.outcome["grids"]} == set(in_force)


def test_a_hall_becomes_a_grid_of_its_own_once_the_street_decides(
    market: Area, body: Viewer, appointed: Any, street: Area
) -> None:
    plan = propose_plan(body, market)
    wanted = to_a_new_grid(plan, "U048")
    assert wanted.target[12] == "3"
    assert [(before, after) for _, before, after in effect(plan, wanted).grids] == [(70, 50), (0, 20)]
    plan = submit_plan(body, move_building(body, plan, wanted, plan.version))
    with pytest.raises(PermissionDenied):
        decide_plan(body, plan, today())
    decide_plan(appointed("street_officer", street), plan, today())
    opened = Area.objects.get(code=wanted.target)
    assert opened.level == "exclusive" and opened.parent and opened.parent.level == "community"
    assert Placement.objects.get(building__unit="U048", valid__contains=today()).leaf == opened
    held = GridVersion.objects.get(area=market, valid__contains=today())
    assert held.shops == 50


def test_it_moves_no_building_of_others(market: Area, body: Viewer) -> None:
    plan = propose_plan(body, market)
    with pytest.raises(Http404):
        choice(plan, "U041")
    target = next(grid["code"] for grid in plan.outcome["grids"] if grid["level"] == "micro")
    with pytest.raises(ValidationError):
        move_building(body, plan, Wanted("U041", "", target), plan.version)
    with pytest.raises(ValidationError):
        move_building(body, plan, Wanted("U048", "", target), plan.version)


def test_its_plan_is_not_computed(market: Area, body: Viewer) -> None:
    plan = propose_plan(body, market)
    with pytest.raises(ValidationError):
        compute_again(body, plan)
    micro = next(grid["code"] for grid in plan.outcome["grids"] if grid["level"] == "micro")
    with pytest.raises(ValidationError):
        lock_grid(body, plan, micro, locked=True)


def test_a_plan_on_changed_ground_waits_for_the_community(market: Area, body: Viewer) -> None:
    import_units(SYSTEM, ground(units(1, TWO, 60)).units)
    with pytest.raises(ValidationError):
        propose_plan(body, market)


def test_an_office_may_open_a_new_micro_grid_too(street: Area) -> None:
    plan = propose_plan(SYSTEM, street)
    wanted = to_a_new_grid(plan, "U009")
    moved = move_building(SYSTEM, plan, wanted, plan.version)
    opened = next(grid for grid in moved.outcome["grids"] if grid["code"] == wanted.target)
    assert (opened["level"], opened["households"]) == ("micro", 20)
    assert any(found["grid"] == wanted.target for found in moved.outcome["violations"])
    assert to_a_new_grid(moved, "U008").target > wanted.target


def test_the_managing_body_works_in_the_pages(market: Area, sign_in: SignIn) -> None:
    client = sign_in("managing_body", market)
    page = client.get("/plans/").content.decode()
    assert market.name in page and "micro_target" not in page
    client.post("/plans/propose/", {"scope": market.pk})
    plan = Plan.objects.get(leaf=market)
    jobs.draw_plan(plan.pk)
    page = client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "/submit/" in page and "/again/" not in page
    shown = client.get(f"/plans/{veil(plan.pk)}/building/", {"unit": "U048"})
    assert shown.status_code == 200 and "/lock/" not in shown.content.decode()
    found = client.get(f"/plans/{veil(plan.pk)}/building/", {"q": "玉兰路"}).content.decode()
    assert 'data-unit="U048"' in found and 'data-unit="U041"' not in found
