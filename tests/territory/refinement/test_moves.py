"""A plan is changed by hand: a building to another grid, locks and wishes, computed again (R6, R7)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Placement, Plan, PlanNote
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import draw_plan, propose_plan
from shige.territory.refinement.change import Wanted
from shige.territory.refinement.commands.moves import compute_again, move_building
from shige.territory.refinement.commands.wishes import drop_wishes, keep_apart, keep_together, lock_grid
from shige.territory.refinement.queries.moves import choice, effect
from shige.territory.refinement.wishes import wishes_of
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry
from shige.trust.queries import today
from shige.trust.templatetags.veils import veil

from ..conftest import SignIn
from ..ground import ONE, TWO, ground, unit


@pytest.fixture
def plan(street: Area) -> Plan:
    return propose_plan(SYSTEM, street)


def a_move(plan: Plan, number: str = "U009") -> Wanted:
    """Return a move of a building to the nearest other grid."""
    found = choice(plan, number)
    return Wanted(number, found.parts[0].part, found.beside[0].code)


def leaf_of(plan: Plan, unit: str) -> set[str]:
    return {row[6] or row[7] for row in plan.outcome["pieces"] if row[0] == unit}


def households(plan: Plan) -> int:
    return sum(row[2] for row in plan.outcome["pieces"])


def test_a_building_goes_to_the_grid_beside_it(plan: Plan) -> None:
    wanted, before = a_move(plan), {grid["code"]: grid for grid in plan.outcome["grids"]}
    origin = leaf_of(plan, wanted.unit)
    moved = move_building(SYSTEM, plan, wanted, plan.version)
    after = {grid["code"]: grid for grid in moved.outcome["grids"]}
    assert leaf_of(moved, wanted.unit) == {wanted.target} != origin
    assert after[wanted.target]["households"] == before[wanted.target]["households"] + 20
    assert after[wanted.target]["name"] == before[wanted.target]["name"]
    assert households(moved) == households(plan)
    assert {code: grid for code, grid in after.items() if code.startswith(TWO)} == {
        code: grid for code, grid in before.items() if code.startswith(TWO)
    }


def test_a_move_is_one_entry_of_the_journal_and_one_note(plan: Plan) -> None:
    move_building(SYSTEM, plan, a_move(plan), plan.version)
    assert JournalEntry.objects.filter(verb="plan.changed", object_id=str(plan.pk)).count() == 1
    note = PlanNote.objects.get(plan=plan)
    assert note.kind == "moved" and note.facts["address"] == "玉兰路9号"


def test_a_plan_changed_by_hand_is_decided_as_it_is(plan: Plan) -> None:
    wanted = a_move(plan)
    decide_plan(SYSTEM, move_building(SYSTEM, plan, wanted, plan.version), today())
    assert Placement.objects.get(building__unit=wanted.unit).leaf.code == wanted.target


def test_households_that_a_hand_moves_are_counted(divided: Plan) -> None:
    plan = propose_plan(SYSTEM, divided.scope)
    wanted = a_move(plan)
    there = move_building(SYSTEM, plan, wanted, plan.version)
    assert (plan.moved_households, there.moved_households) == (0, 20)
    assert there.outcome["moved_households"] == 20
    origin = leaf_of(plan, wanted.unit).pop()
    back = move_building(SYSTEM, there, Wanted(wanted.unit, wanted.part, origin), there.version)
    assert back.moved_households == 0


def test_a_change_to_another_version_than_was_seen_is_refused(plan: Plan) -> None:
    seen = plan.version
    move_building(SYSTEM, plan, a_move(plan), seen)
    with pytest.raises(ValidationError):
        move_building(SYSTEM, plan, a_move(plan), seen)


@pytest.mark.parametrize("target", [f"{ONE}200999", f"{TWO}100001", f"{TWO}399999"])
def test_a_building_goes_to_no_grid_that_is_none_of_its_own_kind(plan: Plan, target: str) -> None:
    with pytest.raises(ValidationError):
        move_building(SYSTEM, plan, Wanted("U009", "", target), plan.version)


def test_a_building_stays_in_its_community(plan: Plan) -> None:
    other = next(grid["code"] for grid in plan.outcome["grids"] if grid["code"].startswith(f"{TWO}2"))
    with pytest.raises(ValidationError):
        move_building(SYSTEM, plan, Wanted("U009", "", other), plan.version)


def test_a_plan_of_other_buildings_is_not_changed(plan: Plan) -> None:
    wanted = a_move(plan)
    import_units(SYSTEM, ground([unit(90)]).units)
    with pytest.raises(ValidationError):
        move_building(SYSTEM, plan, wanted, plan.version)


def test_a_decided_plan_is_not_changed(divided: Plan) -> None:
    with pytest.raises(ValidationError):
        move_building(SYSTEM, divided, a_move(divided), divided.version)


def test_only_who_may_propose_here_may_change(plan: Plan, appointed: Any) -> None:
    chief = appointed("community_chief", Area.objects.get(code=ONE))
    with pytest.raises(PermissionDenied):
        move_building(chief, plan, a_move(plan), plan.version)


def test_the_effect_of_a_move_is_told_before_it_is_saved(plan: Plan) -> None:
    wanted = a_move(plan)
    found = effect(plan, wanted)
    assert len(found.grids) == 2
    assert sum(after - before for _, before, after in found.grids) == 0
    moved = move_building(SYSTEM, plan, wanted, plan.version)
    sizes = {grid["name"]: grid["households"] + grid["shops"] for grid in moved.outcome["grids"]}
    assert all(sizes[name] == after for name, _, after in found.grids)


def test_a_move_that_makes_a_grid_too_large_says_so(plan: Plan) -> None:
    """Move building after building into one grid until its bound of 100 doors breaks."""
    target = a_move(plan).target
    for number in range(40):
        if leaf_of(plan, f"U{number:03d}") == {target}:
            continue
        found = effect(plan, Wanted(f"U{number:03d}", "", target))
        if any(after > 100 for _, _, after in found.grids):
            assert found.broken
            return
        plan = move_building(SYSTEM, plan, Wanted(f"U{number:03d}", "", target), plan.version)
    pytest.fail("no grid grew beyond its bound")


def test_a_move_that_is_none_is_not_found(plan: Plan) -> None:
    with pytest.raises(Http404):
        effect(plan, Wanted("U009", "", f"{ONE}200999"))


def test_wishes_are_kept_noted_and_forgotten(plan: Plan) -> None:
    code = leaf_of(plan, "U001").pop()
    plan = lock_grid(SYSTEM, plan, code, locked=True)
    plan = keep_together(SYSTEM, plan, frozenset({"U001", "U002"}))
    plan = keep_together(SYSTEM, plan, frozenset({"U002", "U003"}))
    plan = keep_apart(SYSTEM, plan, frozenset({"U001", "U030"}))
    wishes = wishes_of(plan.wishes)
    assert wishes.locked == {code}
    assert wishes.together == (frozenset({"U001", "U002", "U003"}),)
    assert wishes.apart == (("U001", "U030"),)
    assert PlanNote.objects.filter(plan=plan, kind="wished").count() == 4
    assert wishes_of(lock_grid(SYSTEM, plan, code, locked=False).wishes).locked == frozenset()
    assert wishes_of(drop_wishes(SYSTEM, plan).wishes) == wishes_of({})


def test_wishes_for_what_is_not_there_are_refused(plan: Plan) -> None:
    with pytest.raises(ValidationError):
        lock_grid(SYSTEM, plan, f"{ONE}200999", locked=True)
    with pytest.raises(ValidationError):
        keep_apart(SYSTEM, plan, frozenset({"U001", "nothing"}))
    with pytest.raises(ValidationError):
        keep_together(SYSTEM, plan, frozenset({"U001"}))


def test_a_plan_is_computed_again_from_what_it_holds(plan: Plan) -> None:
    codes = {grid["code"] for grid in plan.outcome["grids"]}
    waiting = compute_again(SYSTEM, plan)
    assert waiting.state == Plan.State.WAITING
    again = draw_plan(SYSTEM, waiting)
    assert again.state == Plan.State.PROPOSED
    assert {grid["code"] for grid in again.outcome["grids"]} == codes
    assert again.moved_households is None


def test_a_plan_computed_again_counts_its_moves_from_the_grids_in_force(divided: Plan) -> None:
    plan = propose_plan(SYSTEM, divided.scope)
    moved = move_building(SYSTEM, plan, a_move(plan), plan.version)
    again = draw_plan(SYSTEM, compute_again(SYSTEM, moved))
    assert again.moved_households in {0, 20}
    assert again.moved_households == (0 if leaf_of(again, "U009") == leaf_of(plan, "U009") else 20)


def test_a_move_is_made_in_the_pages(plan: Plan, sign_in: SignIn, street: Area) -> None:
    client = sign_in("street_officer", street)
    page = client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert 'id="plan-change"' in page
    found = client.get(f"/plans/{veil(plan.pk)}/building/", {"q": "玉兰路9"}).content.decode()
    assert 'data-unit="U009"' in found
    shown = client.get(f"/plans/{veil(plan.pk)}/building/", {"unit": "U009"})
    target = shown.context["choice"].beside[0].code
    sent = {"unit": "U009", "part": "", "target": target, "version": plan.version}
    checked = client.get(f"/plans/{veil(plan.pk)}/check/", sent).json()
    assert len(checked["grids"]) == 2 and set(checked) == {"grids", "broken", "mended"}
    assert client.post(f"/plans/{veil(plan.pk)}/move/", sent).status_code == 302
    plan.refresh_from_db()
    assert leaf_of(plan, "U009") == {target}
    again = client.post(f"/plans/{veil(plan.pk)}/move/", sent, follow=True).content.decode()
    assert "刚被他人修改" in again


def test_wishes_are_made_in_the_pages(plan: Plan, sign_in: SignIn, street: Area) -> None:
    client = sign_in("street_officer", street)
    code = leaf_of(plan, "U001").pop()
    client.post(f"/plans/{veil(plan.pk)}/lock/", {"code": code, "locked": "1"})
    client.post(f"/plans/{veil(plan.pk)}/pair/", {"unit": "U001", "other": "U002", "wish": "together"})
    page = client.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "玉兰路1号、玉兰路2号" in page
    client.post(f"/plans/{veil(plan.pk)}/forget/")
    plan.refresh_from_db()
    assert wishes_of(plan.wishes) == wishes_of({})
    client.post(f"/plans/{veil(plan.pk)}/again/")
    plan.refresh_from_db()
    assert plan.state == Plan.State.WAITING


def test_a_check_takes_few_statements(
    plan: Plan, sign_in: SignIn, street: Area, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("street_officer", street)
    sent = {"unit": "U009", "part": "", "target": a_move(plan).target, "version": plan.version}
    with django_assert_max_num_queries(14):
        assert client.get(f"/plans/{veil(plan.pk)}/check/", sent).status_code == 200
    assert client.get(f"/plans/{veil(plan.pk)}/check/", {"unit": "U009"}).status_code == 422
