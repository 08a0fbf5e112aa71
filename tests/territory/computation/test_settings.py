"""The settings of a plan: validated, kept with it, and shown where they differ from the profile."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shige.territory.computation.basis import basis_of
from shige.territory.computation.drawing import draw
from shige.territory.computation.settings import rules_for, settings_of, usual_settings
from shige.territory.models import Area, Plan
from shige.territory.plans.commands.proposal import draw_plan, propose_plan, request_plan
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_plan_without_settings_has_those_of_the_profile(street: Area) -> None:
    assert settings_of(request_plan(SYSTEM, street).settings) == usual_settings()
    assert rules_for(usual_settings()).grids == profile().grids


def test_a_smaller_target_draws_more_grids(street: Area) -> None:
    small = propose_plan(SYSTEM, street, replace(usual_settings(), micro_target=40))
    large = propose_plan(SYSTEM, street, replace(usual_settings(), micro_target=100))

    def micros(plan: Plan) -> int:
        return sum(grid["level"] == "micro" for grid in plan.outcome["grids"])

    assert micros(small) > micros(large)


@pytest.mark.parametrize(
    "changes",
    [
        {"micro_target": 20},
        {"micro_target": 101},
        {"general_target": 501},
        {"moving_price": -1},
        {"aim": "no"},
        {"style": "no"},
        {"weight_roads": -1.0},
    ],
)
def test_settings_out_of_bounds_are_refused(street: Area, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        request_plan(SYSTEM, street, replace(usual_settings(), **changes))
    assert not Plan.objects.exists()


def test_the_form_keeps_what_was_set_and_the_page_shows_what_differs(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    usual = usual_settings()
    sent = {"scope": street.pk, "micro_target": 60, "general_target": usual.general_target, "aim": usual.aim}
    client.post("/plans/propose/", sent | {"style": "balanced", "weight_roads": 2})
    plan = Plan.objects.get()
    assert settings_of(plan.settings) == replace(usual, micro_target=60, style="balanced", weight_roads=2.0)
    page = client.get(f"/plans/{veil(plan.pk)}/")
    assert [(found.usual, found.chosen) for found in page.context["differences"]] == [
        (usual.micro_target, 60),
        (usual.style, "balanced"),
        (usual.weight_roads, 2.0),
    ]


def test_a_slider_beyond_its_end_is_asked_again(street: Area, sign_in: SignIn) -> None:
    client = sign_in("street_officer", street)
    assert client.post("/plans/propose/", {"scope": street.pk, "micro_target": 7}).status_code == 422
    assert not Plan.objects.exists()


def test_the_page_tells_how_many_communities_are_done(street: Area, sign_in: SignIn) -> None:
    plan = request_plan(SYSTEM, street)
    Plan.objects.filter(pk=plan.pk).update(done=1, todo=2)
    page = sign_in("street_officer", street).get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert 'value="1" max="2"' in page


def test_progress_counts_every_community_and_the_whole_is_drawn(street: Area) -> None:
    told: list[tuple[int, int]] = []
    drawn = draw(basis_of(street), rules_for(usual_settings()), lambda done, todo: told.append((done, todo)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    plan = draw_plan(SYSTEM, request_plan(SYSTEM, street))
    assert (plan.done, plan.todo) == (2, 2)
    assert sum(piece.households for piece in drawn.pieces) == sum(
        unit.households for unit in basis_of(street).units
    )
