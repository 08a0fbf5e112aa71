"""The judge of moves is loaded while a plan that can be changed is looked at."""

import pytest

from shige.territory.computation import preload as warming
from shige.territory.models import Area, Plan
from shige.territory.plans import pages as plans
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.refinement import pages as refining
from shige.trust.gate import SYSTEM
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn


@pytest.fixture
def warmed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which page asks for it."""
    asked: list[str] = []
    monkeypatch.setattr(plans, "warm", lambda: asked.append("plan"))
    monkeypatch.setattr(refining, "warm", lambda: asked.append("building"))
    return asked


def test_the_page_and_the_first_press_ask_for_it(street: Area, sign_in: SignIn, warmed: list[str]) -> None:
    plan = propose_plan(SYSTEM, street)
    client = sign_in("street_officer", street)
    client.get(f"/plans/{veil(plan.pk)}/")
    client.get(f"/plans/{veil(plan.pk)}/building/", {"unit": "U001"})
    assert warmed == ["plan", "building"]


def test_a_plan_that_cannot_be_changed_does_not(divided: Plan, sign_in: SignIn, warmed: list[str]) -> None:
    sign_in("street_officer", divided.scope).get(f"/plans/{veil(divided.pk)}/")
    assert warmed == []


def test_it_is_done_once_beside_the_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[int] = []
    monkeypatch.setattr(warming, "judge_a_row", lambda: judged.append(1))
    warming.warm.cache_clear()
    warming.warm()
    warming.warm()
    for thread in warming.threading.enumerate():
        if thread.name == "warm":
            thread.join()
    assert judged == [1]
    warming.warm.cache_clear()


def test_the_invented_row_can_be_judged() -> None:
    warming.judge_a_row()
