"""Plans of division by a program, from the proposal to the decision, by the rules of their pages (R3, R7)."""

from datetime import timedelta

import pytest

from shige.territory.models import Area, GridVersion, Plan
from shige.territory.plans.commands.proposal import draw_plan, propose_plan
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.queries import today
from shige.trust.veil import veiled
from tests.matters.program import Program

from ..conftest import person_with
from ..ground import ONE, TWO

ACTIONS = ("plan.see", "plan.propose", "plan.decide")


def program(role: str, area: Area, *actions: str) -> Program:
    """Return the program of somebody who serves an area."""
    return Program(issue_token(SYSTEM, person_with(role, area), "plans", actions or ACTIONS, 1)[1])


def one(plan: Plan) -> str:
    """Return the address of a plan."""
    return f"/plans/{veiled('key', str(plan.pk))}"


@pytest.fixture
def community(street: Area) -> Area:
    return Area.objects.get(code=ONE)


def test_a_community_proposes_and_submits_and_the_street_decides(street: Area, community: Area) -> None:
    chief, officer = program("community_chief", community), program("street_officer", street)
    asked = {field["name"]: field for field in chief.get("/plans/new").json()}
    (scope,) = asked["scope"]["choices"]
    assert scope["value"] == veiled("key", str(community.pk)) and "micro_target" in asked
    made = chief.post("/plans", scope=scope["value"], settings={"moving_price": 0.1})
    assert made.status_code == 201 and made.json()["state"] == "waiting", made.content
    plan = Plan.objects.get()
    assert chief.get(one(plan)).json()["steps"] == [] and plan.settings["moving_price"] == 0.1
    assert chief.get(f"{one(plan)}/grids/after").status_code == 404
    draw_plan(SYSTEM, plan)
    found = chief.get(one(plan)).json()
    assert found["changes"] and found["against_before"] and {"change", "submit"} <= set(found["steps"])
    assert len(chief.get(f"{one(plan)}/grids/after").json()["features"]) > 3
    assert chief.get(f"{one(plan)}/notice").json()[0]["joins"] >= 0
    said = chief.post(f"{one(plan)}/comments", words="按楼栋分更顺")
    assert said.status_code == 201 and said.json()["history"][0]["note"] == "按楼栋分更顺"
    assert chief.post(f"{one(plan)}/decide", effective_on=f"{today()}").status_code == 403
    assert chief.post(f"{one(plan)}/submit").json()["state"] == "submitted"
    assert chief.post(f"{one(plan)}/submit").status_code == 422
    returned = officer.post(f"{one(plan)}/refuse", reason="再看看东门")
    assert returned.json()["state"] == "refused" and returned.json()["reason"] == "再看看东门"
    chief.post(f"{one(plan)}/submit")
    decided = officer.post(f"{one(plan)}/decide", effective_on=f"{today()}").json()
    assert (decided["state"], decided["effective_on"]) == ("decided", f"{today()}")
    assert GridVersion.objects.exists()
    assert [row["number"] for row in officer.get("/plans").json()] == [decided["number"]]


def test_two_plans_of_an_area_are_compared(divided: Plan, street: Area) -> None:
    officer, again = program("street_officer", street), propose_plan(SYSTEM, divided.scope)
    (other,) = officer.get(one(again)).json()["others"]
    assert officer.get(f"{one(again)}/compare?other={other}").json()["lines"]
    assert officer.get(f"{one(again)}/compare?other=1").status_code == 422
    assert officer.get(f"{one(again)}/compare?other={veiled('key', str(again.pk))}").status_code == 404


def test_what_does_not_fit_names_its_field(divided: Plan, street: Area) -> None:
    officer, plan = program("street_officer", street), propose_plan(SYSTEM, divided.scope)
    scope = veiled("key", str(street.pk))
    for answer, fields in (
        (officer.post("/plans", scope=str(street.pk)), {"scope"}),
        (officer.post("/plans", scope=scope, settings={"micro_target": 1e6}), {"micro_target"}),
        (officer.post("/plans", scope=scope, settings={"more": 1}), {"more"}),
        (officer.post(f"{one(plan)}/refuse", reason=" "), {"reason"}),
        (officer.post(f"{one(plan)}/comments", words=""), {"words"}),
    ):
        assert answer.status_code == 422, answer.content
        assert {fault["field"] for fault in answer.json()["errors"]} == fields
    yesterday = today() - timedelta(days=1)
    assert officer.post(f"{one(plan)}/decide", effective_on=f"{yesterday}").status_code == 422
    plan.refresh_from_db()
    assert plan.state == Plan.State.PROPOSED and Plan.objects.count() == 2


def test_nobody_else_reads_proposes_or_decides(divided: Plan, street: Area) -> None:
    plan = propose_plan(SYSTEM, Area.objects.get(code=ONE))
    beside = program("community_chief", Area.objects.get(code=TWO))
    reader = program("street_officer", street, "plan.see")
    worker = program("department", street)
    doors = (
        ("submit", {}),
        ("decide", {"effective_on": f"{today()}"}),
        ("refuse", {"reason": "x"}),
    )
    for other in (beside, reader, worker):
        for door, given in doors:
            assert other.post(f"{one(plan)}/{door}", **given).status_code in {403, 404}
    assert reader.get(one(plan)).json()["steps"] == []
    assert reader.post("/plans", scope="x").status_code == 403
    for path in ("", "/notice", "/grids/after", "/compare?other=1"):
        assert beside.get(f"{one(plan)}{path}").status_code == 404
        assert worker.get(f"{one(plan)}{path}").status_code == 403
    assert beside.post(f"{one(plan)}/comments", words="x").status_code == 404
    assert worker.get("/plans").status_code == 403
    plan.refresh_from_db()
    assert plan.state == Plan.State.PROPOSED
