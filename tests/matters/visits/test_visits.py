"""Return visits: by somebody other than the handler, and what does not hold is taken up again (R25)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, lapse_unconfirmed
from shige.matters.handling.commands.handling import solve
from shige.matters.models import Matter, ReturnVisit
from shige.matters.sealing.plain_words import plain_words
from shige.matters.visits.commands import visit_failed, visit_ok
from shige.matters.visits.queries import visits_due
from shige.matters.visits.schedule import visitor_of
from shige.matters.wishes.commands import Claimant, claim, contacted
from shige.matters.workflow.handlers import handlers_of
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment
from tests.disputes.test_mediation import agreed, quarrel
from tests.matters.handling.test_handling import solved
from tests.matters.wishes.test_wishes import offered

from ..town import ALWAYS, WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LATER = WEDNESDAY + timedelta(days=7)


def test_it_is_due_after_seven_days_at_the_next_tiers_post(town: Town) -> None:
    agreed(town)
    visitor = town.viewer("fulltime_worker")
    assert visits_due(visitor) == []
    with clock.at(LATER):
        assert [found.number for found in visits_due(visitor)] == [Matter.objects.get().number]
        assert visits_due(town.viewer("micro_worker")) == visits_due(town.viewer("micro_worker3")) == []
        assert len(visits_due(town.viewer("community_chief"))) == 1  # of the own area, made by another post


def test_what_holds_is_noted_and_the_next_one_waits(town: Town) -> None:
    number = agreed(town).matter.number
    with clock.at(LATER):
        assert visit_ok(town.viewer("fulltime_worker"), number, "两家都说不漏了").state == "follow_up"
        with pytest.raises(PermissionDenied):
            visit_ok(town.viewer("fulltime_worker"), number, "再来一次")
    assert list(ReturnVisit.objects.order_by("due").values_list("outcome", flat=True)) == ["ok", ""]


def test_what_does_not_hold_is_taken_up_again_with_its_whole_time(town: Town) -> None:
    number = agreed(town).matter.number
    with clock.at(LATER):
        matter = visit_failed(town.viewer("fulltime_worker"), number, "楼上没有动工")
    assert (matter.state, matter.reopened, matter.running, town.owner(matter)) == (
        "in_hand", 1, True, "micro_worker"
    )  # fmt: skip
    assert matter.resolve_by > LATER + timedelta(days=14)
    assert not ReturnVisit.objects.filter(done_at=None, ended_at=None).exists()


@pytest.mark.parametrize("visit", [visit_ok, visit_failed])
@pytest.mark.parametrize("told", ["她说微网格员收了她两百块钱没办事", "她说昨天晚上他又动手打她"])
def test_what_a_visitor_is_told_of_staff_or_of_harm_is_kept_from_whoever_handles_it(
    town: Town, visit: Callable[..., Matter], told: str
) -> None:
    """P3, P4: the handler knows whose matter it is."""
    number = agreed(town).matter.number
    with clock.at(LATER):
        visit(town.viewer("fulltime_worker"), number, told)
    matter, apart = Matter.objects.order_by("pk")
    assert apart.sealed and not matter.sealed
    notes = [
        ReturnVisit.objects.get(matter=matter, done_at__isnull=False).note,
        *matter.steps.values_list("note", "remark"),
    ]
    assert told not in repr(notes) and plain_words("told") in repr(notes)


@pytest.mark.parametrize("who", ["micro_worker", "micro_worker2", "community_chief", "department"])
def test_only_the_post_whose_task_it_is_makes_it(town: Town, who: str) -> None:
    number = agreed(town).matter.number
    with clock.at(LATER), pytest.raises(PermissionDenied):
        visit_ok(town.viewer(who), number, "去过了")


def test_whoever_mediated_is_not_given_it_under_another_post(town: Town) -> None:
    Appointment.objects.filter(post=town.posts["fulltime_worker"]).delete()
    mediator = town.persons["micro_worker"]
    Appointment.objects.create(person=mediator, post=town.posts["fulltime_worker"], valid=ALWAYS)
    found = quarrel(town)
    assert mediator.pk in handlers_of(found.matter)
    post = visitor_of(Matter.objects.get(pk=found.matter.pk))
    assert post == town.posts["community_chief"].pk


def test_whoever_mediated_and_got_the_post_since_cannot_make_it(town: Town) -> None:
    number = agreed(town).matter.number
    Appointment.objects.filter(post=town.posts["fulltime_worker"]).delete()
    mediator = town.persons["micro_worker"]
    Appointment.objects.create(person=mediator, post=town.posts["fulltime_worker"], valid=ALWAYS)
    with clock.at(LATER), pytest.raises(ValidationError, match="handled"):
        visit_ok(town.viewer("micro_worker"), number, "都好")


@pytest.mark.parametrize(("rating", "planned"), [(1, 1), (2, 1), (3, 0), (5, 0)])
def test_whoever_is_not_content_is_visited_once(town: Town, rating: int, planned: int) -> None:
    found = solved(town)
    confirm(PUBLIC, found.tracking_code, rating)
    assert ReturnVisit.objects.filter(matter=found.matter).count() == planned


def test_what_nobody_confirmed_is_visited_and_taken_up_again_if_it_does_not_hold(town: Town) -> None:
    number = solved(town).matter.number
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert lapse_unconfirmed(SYSTEM) == 1
    with clock.at(WEDNESDAY + timedelta(days=15)):
        (visit,) = visits_due(town.viewer("community_chief"))
        assert visit.number == number and visit.own
        matter = visit_failed(town.viewer("community_chief"), number, "灯还是不亮")
    assert (matter.state, town.owner(matter)) == ("in_hand", "fulltime_worker")


def test_a_wish_that_nobody_confirmed_is_not_visited(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, Claimant("王邻居", "13800000000"))
    office = town.viewer("community_chief")
    contacted(office, number, "周六上门")
    solve(office, number, "书送到了")
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert lapse_unconfirmed(SYSTEM) == 1
    assert not ReturnVisit.objects.exists()
