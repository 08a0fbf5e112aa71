"""Hazards are registered, put right, rechecked by somebody else and written off (R39)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, say_not_solved
from shige.matters.desk.queries.hazards import register_of
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.recheck import recheck_failed, recheck_ok, rectify, write_off
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.models import Matter, ReturnVisit
from shige.matters.report import Filed
from shige.matters.tasks.commands import Order, give_task
from shige.matters.tracking.queries import as_reported
from shige.matters.visits.queries import visits_due, visits_of
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment
from tests.matters.handling.test_handling import filed
from tests.matters.handling.test_pages import signed_in

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def put_right(town: Town, source: str = "page") -> Filed:
    """File a blocked fire exit that its owner, the full-time worker, has put right."""
    given = report("楼道被杂物堵住", category="03.1", place=town.place("micro"))
    found = file_matter(PUBLIC, replace(given, source=source))
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    rectify(owner, found.matter.number, "杂物已清走，电话13812345678")
    found.matter.refresh_from_db()
    return found


def test_what_was_put_right_waits_for_somebody_else(town: Town) -> None:
    matter = put_right(town).matter
    assert (matter.state, matter.open, matter.running, matter.solved_at) == ("recheck", True, True, None)
    assert [visit.number for visit in visits_due(town.viewer("community_chief"))] == [matter.number]
    assert town.persons["community_chief"].messages.filter(kind="matter.recheck").exists()
    assert "13812345678" not in matter.steps.get(action="rectify").note


def test_a_passed_recheck_asks_whoever_reported_it(town: Town) -> None:
    found = put_right(town)
    matter = recheck_ok(town.viewer("community_chief"), found.matter.number, "通道已畅通")
    assert (matter.state, matter.solved_at) == ("to_confirm", WEDNESDAY)
    assert confirm(PUBLIC, found.tracking_code, 5).state == "closed"
    assert [(one.outcome, one.note) for one in visits_of(matter)] == [("ok", "通道已畅通")]


@pytest.mark.parametrize("source", ["patrol", "inspection", "device", "note"])
def test_what_staff_or_a_device_found_is_written_off(town: Town, source: str) -> None:
    matter = put_right(town, source).matter
    with pytest.raises(ValidationError):  # nobody would answer
        recheck_ok(town.viewer("community_chief"), matter.number, "合格")
    after = write_off(town.viewer("community_chief"), matter.number, "合格")
    assert (after.state, after.open, after.closed_at) == ("closed", False, WEDNESDAY)


def test_what_was_reported_is_not_written_off_over_the_reporters_head(town: Town) -> None:
    matter = put_right(town).matter
    with pytest.raises(ValidationError):
        write_off(town.viewer("community_chief"), matter.number, "合格")


def test_whoever_put_it_right_does_not_recheck_it(town: Town) -> None:
    matter = put_right(town).matter
    with pytest.raises(PermissionDenied):
        recheck_ok(town.viewer("fulltime_worker"), matter.number, "我自己看过了")
    town.vacate("community_chief")
    chief = town.posts["community_chief"]
    Appointment.objects.filter(person=town.persons["fulltime_worker"]).update(post=chief)
    with pytest.raises(
        ValidationError, match="Whoever put it right"
    ):  # nor from the post above, if they move there
        recheck_ok(town.viewer("fulltime_worker"), matter.number, "我自己看过了")
    assert Matter.objects.get().state == "recheck"


@pytest.mark.parametrize("who", ["micro_worker", "fulltime_worker2", "micro_worker3", "department"])
def test_who_neither_dispatches_nor_has_the_recheck_cannot_make_it(town: Town, who: str) -> None:
    matter = put_right(town).matter
    for command in (recheck_ok, recheck_failed, write_off):
        with pytest.raises((PermissionDenied, ValidationError)):
            command(town.viewer(who), matter.number, "看过了")
    assert Matter.objects.get().state == "recheck"


def test_the_street_makes_it_where_the_community_is_vacant(town: Town) -> None:
    for post in ("community_chief", "community_secretary", "community_staff"):
        if post in town.posts:
            town.vacate(post)
    matter = put_right(town).matter
    assert recheck_ok(town.viewer("street_officer"), matter.number, "合格").state == "to_confirm"
    assert not ReturnVisit.objects.filter(done_at=None, ended_at=None).exists()


def test_what_fails_goes_on_and_is_rechecked_again(town: Town) -> None:
    number = put_right(town).matter.number
    owner, chief = town.viewer("fulltime_worker"), town.viewer("community_chief")
    matter = recheck_failed(chief, number, "二楼还有")
    assert (matter.state, matter.reopened, town.owner(matter)) == ("in_hand", 0, "fulltime_worker")
    assert town.persons["fulltime_worker"].messages.filter(kind="matter.recheck_failed").exists()
    rectify(owner, number, "二楼也清了")
    assert recheck_ok(chief, number, "合格").state == "to_confirm"
    assert [one.outcome for one in visits_of(matter)] == ["not_ok", "ok"]


def test_a_reporter_who_is_not_content_sends_it_back(town: Town) -> None:
    found = put_right(town)
    recheck_ok(town.viewer("community_chief"), found.matter.number, "合格")
    matter = say_not_solved(PUBLIC, found.tracking_code, "晚上又堆上了")
    assert (matter.state, matter.solved_at, matter.reopened) == ("in_hand", None, 1)


def test_nothing_is_put_right_over_open_tasks(town: Town) -> None:
    matter = filed(town, "03.1").matter
    owner = town.viewer("fulltime_worker")
    take(owner, matter.number)
    give_task(town.viewer("street_officer"), matter.number, Order(town.posts["department"].pk, "清理", "1wd"))
    with pytest.raises(ValidationError):
        rectify(owner, matter.number, "清了")
    assert rectify(owner, matter.number, "清了", despite="部门口头答复").state == "recheck"


def test_a_recheck_that_nobody_makes_is_late_up_the_line(town: Town) -> None:
    matter = put_right(town).matter
    with clock.at(matter.resolve_by + timedelta(minutes=1)):
        remind_due(SYSTEM)
    assert Matter.objects.get().steps.filter(action="overdue").exists()


def test_the_register_counts_by_grid_what_one_sees(town: Town) -> None:
    put_right(town)
    written = put_right(town, "patrol").matter
    write_off(town.viewer("community_chief"), written.number, "合格")
    filed(town, "03.2", place=town.place("micro3"))
    filed(town, "01.1")
    own = register_of(town.viewer("community_chief"))
    assert [(line.figures["recheck"].count, line.figures["written_off"].count) for line in own.grids] == [
        (1, 1)
    ]
    assert [row.state for row in own.to_recheck] == ["recheck"]
    whole = register_of(town.viewer("street_officer")).whole
    assert [whole[name].count for name in ("new", "recheck", "written_off")] == [1, 1, 1]
    assert register_of(town.viewer("department")).grids == ()


def test_the_register_takes_six_statements(town: Town, django_assert_num_queries: object) -> None:
    put_right(town)
    with django_assert_num_queries(6):  # type: ignore[operator]
        register_of(town.viewer("street_officer"))


def test_the_page_leads_through_it(town: Town) -> None:
    number = filed(town, "03.1").matter.number
    owner, chief = signed_in(town, "fulltime_worker"), signed_in(town, "community_chief")
    owner.post(f"/office/matters/{number}/do/take/")
    page = owner.get(f"/office/matters/{number}/").content.decode()
    assert "由未经手的人复查" in page
    owner.post(f"/office/matters/{number}/do/rectify/", {"note": "已清理"})
    assert number in chief.get("/office/hazards/").content.decode()
    assert number in chief.get("/office/visits/").content.decode()
    offered = owner.get(f"/office/matters/{number}/").content.decode()
    assert "do/recheck_ok" not in offered and "do/write_off" not in offered
    chief.post(f"/office/matters/{number}/do/recheck_ok/", {"note": "合格"})
    assert Matter.objects.get().state == "to_confirm"
    assert "合格" in owner.get(f"/office/matters/{number}/").content.decode()


def test_a_stranger_sees_no_register(town: Town) -> None:
    assert Client().get("/office/hazards/").status_code == 302
    assert signed_in(town, "department").get("/office/hazards/").status_code == 403


def test_the_reporter_reads_what_each_state_means(town: Town) -> None:
    matter = put_right(town).matter
    assert "somebody else is checking" in as_reported(matter, "").meaning
