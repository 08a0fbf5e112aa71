"""What a plan changes, and two plans side by side."""

import json
from dataclasses import replace
from typing import Any

from shige.division import Piece
from shige.territory.computation.measures import split_compounds
from shige.territory.computation.moves import Move, moves, otherwise_placed
from shige.territory.computation.settings import usual_settings
from shige.territory.models import Area, Plan
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.plans.queries.comparison import against_before, division_before
from shige.territory.plans.queries.plans import plan_of, plan_view
from shige.territory.refinement.commands.moves import move_building
from shige.trust.gate import SYSTEM
from shige.trust.queries import today
from shige.trust.templatetags.veils import veil
from tests.territory.plans.test_plans import more_houses
from tests.territory.refinement.test_moves import a_move

from ..conftest import SignIn
from ..ground import ONE


def piece(unit: str, micro: str, households: int, part: str = "") -> Piece:
    return Piece(unit, part, households, 0, f"{ONE}000001", f"{ONE}100002", micro, "")


def test_what_moves_is_told_by_building_and_grid() -> None:
    before = [piece("A", "m1", 20), piece("B", "m1", 10), piece("C", "m2", 5), piece("old", "m2", 7)]
    after = [piece("A", "m1", 12, "e1"), piece("A", "m2", 8, "e2"), piece("B", "m1", 10), piece("C", "m3", 5)]
    assert list(moves(before, after)) == [Move("A", "m1", "m2", 8), Move("C", "m2", "m3", 5)]
    assert otherwise_placed(before, after) == ["A", "C"]


def test_only_compounds_that_fit_one_micro_grid_count_as_split() -> None:
    pieces = [piece("A", "m1", 40), piece("B", "m2", 40), piece("C", "m1", 80), piece("D", "m2", 80)]
    compounds = {"A": "small", "B": "small", "C": "large", "D": "large"}
    assert split_compounds(pieces, compounds, 100) == (1, 1)


def test_the_first_plan_has_nothing_before_it(divided: Plan) -> None:
    before = division_before(divided)
    assert before.grids == () and before.pieces == ()
    assert {line.first for line in against_before(divided, before)} == {"–"}


def test_a_later_plan_is_measured_against_the_grids_in_force(divided: Plan) -> None:
    plan = more_houses(divided.scope)
    before = division_before(plan)
    assert {grid.code for grid in before.grids} == {grid["code"] for grid in divided.outcome["grids"]}
    assert sum(held.households for held in before.pieces) == sum(row[2] for row in divided.outcome["pieces"])
    decide_plan(SYSTEM, plan, today())
    plan.refresh_from_db()
    assert division_before(plan).pieces == before.pieces


def test_a_decided_plan_that_leaves_most_grids_shows_what_it_replaced(divided: Plan) -> None:
    plan = propose_plan(SYSTEM, divided.scope)
    plan = move_building(SYSTEM, plan, a_move(plan), plan.version)
    waiting = division_before(plan)
    view = plan_view(decide_plan(SYSTEM, plan, today()))
    assert division_before(plan_of(SYSTEM, plan.pk)).pieces == waiting.pieces
    assert len([change for change in view.changes if change.level == "micro"]) == 2


def test_the_map_gets_both_sides_with_what_changes(divided: Plan, sign_in: SignIn) -> None:
    plan = more_houses(divided.scope)
    client = sign_in("street_officer", divided.scope)
    after = json.loads(client.get(f"/plans/{veil(plan.pk)}/grids/after.json").content)["features"]
    areas = [found["properties"] for found in after if found["geometry"]["type"] != "Point"]
    assert {found["mark"] for found in areas} >= {"new"}
    assert {found["level"] for found in areas} == {"community", "general", "micro", "exclusive"}
    before = json.loads(client.get(f"/plans/{veil(plan.pk)}/grids/before.json").content)["features"]
    assert len(before) == 2 * len(divided.outcome["grids"])
    assert client.get(f"/plans/{veil(plan.pk)}/grids/sideways.json").status_code == 404


def test_two_plans_are_compared_in_one_table(street: Area, sign_in: SignIn) -> None:
    first = propose_plan(SYSTEM, street, replace(usual_settings(), micro_target=40))
    second = propose_plan(SYSTEM, street, replace(usual_settings(), micro_target=100))
    client = sign_in("street_officer", street)
    assert f'value="{veil(first.pk)}"' in client.get(f"/plans/{veil(second.pk)}/").content.decode()
    page = client.get(f"/plans/{veil(first.pk)}/compare/", {"other": veil(second.pk)})
    people = next(line for line in page.context["lines"] if line.better == "second" and "人员" in line.label)
    assert int(people.first) > int(people.second) and people.difference.startswith("-")
    assert page.content.decode().count("data-plan-map") == 2


def test_plans_of_different_areas_are_not_compared(street: Area, sign_in: SignIn) -> None:
    first, other = propose_plan(SYSTEM, street), propose_plan(SYSTEM, Area.objects.get(code=ONE))
    client = sign_in("street_officer", street)
    answer = client.get(f"/plans/{veil(first.pk)}/compare/", {"other": veil(other.pk)})
    assert answer.status_code == 302


def test_a_page_that_waited_is_loaded_anew(street: Area, sign_in: SignIn) -> None:
    plan = propose_plan(SYSTEM, street)
    answer = sign_in("street_officer", street).get(f"/plans/{veil(plan.pk)}/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"


def test_the_page_of_a_plan_takes_the_same_statements_however_large(
    divided: Plan, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    plan = more_houses(divided.scope)
    client = sign_in("street_officer", divided.scope)
    with django_assert_max_num_queries(28):
        client.get(f"/plans/{veil(plan.pk)}/")
