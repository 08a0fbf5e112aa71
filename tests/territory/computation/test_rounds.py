"""Hours of a round on a plan's page: both tasks, one to three people, one grid and all together (R3)."""

from itertools import product

import pytest

from shige.territory.computation.rounds import PEOPLE, TASKS
from shige.territory.models import Area, Plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.plans.queries.rounds import rounds_in, rounds_of_grid
from shige.territory.refinement.change import Wanted
from shige.territory.refinement.commands.moves import move_building
from shige.trust.gate import SYSTEM
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn
from ..ground import ONE


@pytest.fixture
def plan(street: Area) -> Plan:
    return propose_plan(SYSTEM, street)


@pytest.mark.parametrize(("task", "people"), [*product(TASKS, PEOPLE)])
def test_hours_are_those_of_the_division_itself(plan: Plan, task: str, people: int) -> None:
    found = rounds_in(plan)
    assert found is not None
    cell = found.rows[TASKS.index(task)].cells[people - 1]
    assert cell.hours == pytest.approx(plan.outcome["metrics"][f"hours_mean_{task}_{people}"], abs=0.001)
    share = plan.outcome["metrics"][f"over_aim_share_{task}_{people}"]
    assert cell.over == pytest.approx(share * found.grids, abs=0.01)


def test_a_single_round_is_the_grids_own(plan: Plan) -> None:
    for grid in plan.outcome["grids"]:
        found = rounds_of_grid(plan, grid["code"])
        assert found is not None
        assert found.rows[0].cells[0].hours == pytest.approx(grid["hours"], abs=0.002)
        assert found.rows[1].cells[2].hours < found.rows[1].cells[0].hours


def test_hours_follow_a_move_by_hand(plan: Plan) -> None:
    leaves = {row[0]: row[6] for row in plan.outcome["pieces"]}
    target = next(code for code in leaves.values() if code.startswith(ONE) and code != leaves["U009"])
    moved = move_building(SYSTEM, plan, Wanted("U009", "", target), plan.version)
    before, after = (rounds_of_grid(found, target) for found in (plan, moved))
    assert before and after
    assert after.rows[1].cells[0].hours - before.rows[1].cells[0].hours > 20 * 3 / 60 * 0.9
    assert moved.outcome["rounds"].keys() >= {grid["code"] for grid in moved.outcome["grids"]}


def test_a_plan_from_before_hours_were_kept_shows_none(plan: Plan) -> None:
    del plan.outcome["rounds"]
    assert rounds_in(plan) is None and rounds_of_grid(plan, plan.outcome["grids"][0]["code"]) is None


def test_the_pages_tell_the_hours(plan: Plan, sign_in: SignIn, street: Area) -> None:
    client = sign_in("street_officer", street)
    page = client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "走访一遍的小时数（平均）" in page and "逐户核查" in page
    for grid in plan.outcome["grids"]:
        told = client.get(f"/plans/{veil(plan.pk)}/grid/", {"code": grid["code"]}).content.decode()
        assert "<html" not in told and "逐户核查" in told
    assert client.get(f"/plans/{veil(plan.pk)}/grid/", {"code": "990101001001299999"}).status_code == 404
    assert client.get(f"/plans/{veil(plan.pk)}/grid/").status_code == 404
