"""The life of a plan: draft, submitted, decided or returned; comments, and who is told (R3, R7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Plan, PlanNote
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan, refuse_plan
from shige.territory.plans.commands.submission import comment_on, submit_plan
from shige.territory.plans.queries.affected import affected
from shige.territory.plans.queries.history import history
from shige.territory.plans.workflow import LIFE
from shige.territory.refinement.commands.moves import move_building
from shige.trust.gate import SYSTEM
from shige.trust.models import OutboxMessage
from shige.trust.queries import today, viewer_of
from shige.trust.templatetags.veils import veil
from tests.territory.refinement.test_moves import a_move

from ..conftest import SignIn, first_of, person_with
from ..ground import ONE, ground, units


@pytest.fixture
def community(street: Area) -> Area:
    return Area.objects.get(code=ONE)


def messages_to(person: Any) -> list[str]:
    return list(OutboxMessage.objects.filter(receiver=person).values_list("kind", flat=True))


def test_no_step_leads_out_of_a_decided_plan() -> None:
    assert all(Plan.State.DECIDED not in step.origins for step in LIFE.values())
    assert {step.target for step in LIFE.values()} <= set(Plan.State)


def test_a_community_submits_and_the_street_decides(street: Area, community: Area) -> None:
    chief, officer = person_with("community_chief", community), person_with("street_officer", street)
    plan = submit_plan(viewer_of(chief), propose_plan(viewer_of(chief), community))
    assert plan.state == Plan.State.SUBMITTED
    assert messages_to(officer) == ["plan.submitted"]
    decided = decide_plan(viewer_of(officer), plan, today())
    assert decided.state == Plan.State.DECIDED
    assert messages_to(chief) == ["plan.decided"]


def test_a_plan_opened_from_the_list_is_read_with_its_message(
    street: Area, community: Area, sign_in: SignIn
) -> None:
    client = sign_in("street_officer", street)
    plan = submit_plan(SYSTEM, propose_plan(SYSTEM, community))
    waiting = OutboxMessage.objects.filter(kind="plan.submitted", seen_at=None)
    assert waiting.exists()
    assert client.get(f"/plans/{veil(plan.pk)}/").status_code == 200
    assert not waiting.exists()


def test_what_is_with_the_street_is_not_changed_nor_submitted_twice(street: Area, community: Area) -> None:
    plan = submit_plan(SYSTEM, propose_plan(SYSTEM, community))
    with pytest.raises(ValidationError):
        move_building(SYSTEM, plan, a_move(plan), plan.version)
    with pytest.raises(ValidationError):
        submit_plan(SYSTEM, plan)


def test_a_returned_plan_is_changed_and_submitted_again(street: Area, community: Area) -> None:
    chief = person_with("community_chief", community)
    plan = submit_plan(viewer_of(chief), propose_plan(SYSTEM, community))
    returned = refuse_plan(SYSTEM, plan, "小区被拆分")
    assert messages_to(chief) == ["plan.refused"]
    assert (returned.state, returned.reason) == (Plan.State.REFUSED, "小区被拆分")
    again = submit_plan(viewer_of(chief), returned)
    assert (again.state, again.reason) == (Plan.State.SUBMITTED, "")
    assert [told.note for told in history(again) if told.note] == ["小区被拆分"]


def test_a_chief_submits_no_plan_of_another_community(street: Area, appointed: Any) -> None:
    chief = appointed("community_chief", Area.objects.get(code=ONE))
    with pytest.raises(PermissionDenied):
        submit_plan(chief, propose_plan(SYSTEM, street))


def test_comments_stand_in_the_history(street: Area, community: Area) -> None:
    chief = person_with("community_chief", community)
    plan = propose_plan(SYSTEM, community)
    comment_on(viewer_of(chief), plan, "  3栋应归玉兰苑  ")
    (told,) = history(plan)
    assert (told.who, told.note) == (chief.service_name, "3栋应归玉兰苑")
    for words in ("  ", "长" * 501):
        with pytest.raises(ValidationError):
            comment_on(SYSTEM, plan, words)


def test_whoever_may_not_see_a_plan_does_not_comment(street: Area, appointed: Any) -> None:
    worker = appointed("micro_worker", street)
    with pytest.raises(PermissionDenied):
        comment_on(worker, propose_plan(SYSTEM, street), "不合适")


def with_a_move(scope: Area) -> Plan:
    """Return a plan that moves one building between grids in force."""
    plan = propose_plan(SYSTEM, scope)
    return move_building(SYSTEM, plan, a_move(plan), plan.version)


def test_workers_of_grids_that_change_are_told_and_no_others(divided: Plan) -> None:
    plan = with_a_move(divided.scope)
    changed = [found for found in affected(plan) if found.change.level == "micro"]
    touched = Area.objects.get(code=changed[0].change.code)
    still = Area.objects.filter(kind="grid", level="micro").exclude(
        code__in=[found.change.code for found in changed]
    )[0]
    concerned, other = person_with("micro_worker", touched), person_with("micro_worker", still)
    listed = [team.name for found in affected(plan) for team in found.teams]
    assert any(concerned.appointments.get().post.name == name for name in listed)
    decide_plan(SYSTEM, plan, today() + timedelta(days=3))
    assert messages_to(concerned) == ["plan.changes_grid"]
    assert messages_to(other) == []


def test_who_is_concerned_counts_households_that_move_and_names_no_resident(divided: Plan) -> None:
    plan = with_a_move(divided.scope)
    found = affected(plan)
    assert (
        sum(grid.joins for grid in found) == sum(grid.leaves for grid in found) == plan.moved_households == 20
    )


def test_the_life_of_a_plan_in_the_pages(street: Area, community: Area, sign_in: SignIn) -> None:
    plan = propose_plan(SYSTEM, community)
    chief = sign_in("community_chief", community)
    page = chief.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "/submit/" in page and "/decide/" not in page
    chief.post(f"/plans/{veil(plan.pk)}/comment/", {"words": "请街道审定"})
    chief.post(f"/plans/{veil(plan.pk)}/submit/")
    page = chief.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "待街道审定" in page and "请街道审定" in page and "/move/" not in page
    assert chief.get(f"/plans/{veil(plan.pk)}/notice/").status_code == 200
    officer = sign_in("street_officer", street)
    page = officer.get(f"/plans/{veil(plan.pk)}/").content.decode()
    assert "/decide/" in page and "/submit/" not in page
    officer.post(f"/plans/{veil(plan.pk)}/refuse/", {"reason": "请重新核对"})
    plan.refresh_from_db()
    assert plan.state == Plan.State.REFUSED
    assert PlanNote.objects.filter(plan=plan).count() == 3
    assert "请重新核对" in officer.get(f"/plans/{veil(plan.pk)}/").content.decode()


def test_the_notice_takes_the_same_statements_however_many_grids(
    divided: Plan, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    import_units(SYSTEM, ground(units(30, ONE, first=50, address="新房路1号", compound="新房苑")).units)
    small = propose_plan(SYSTEM, Area.objects.get(code=ONE))
    person_with("micro_worker", first_of("micro"))
    client = sign_in("street_officer", divided.scope)
    with django_assert_max_num_queries(15):
        client.get(f"/plans/{veil(small.pk)}/notice/")
