"""P3 is about persons: whoever a sealed matter may be about is kept from it in every post that they hold."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from shige.insight.commands import advance
from shige.insight.queries import figures
from shige.matters import clock
from shige.matters.assignment.peers import peers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_words
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.lists.commands.telephone import find_by_phone
from shige.matters.lists.queries.filters import MatterFilter
from shige.matters.lists.queries.page import matter_list
from shige.matters.lists.queries.today import today_of
from shige.matters.models import Matter, ReturnVisit, Step, Task
from shige.matters.tasks.actors import candidates, tasks_seen_by
from shige.matters.tasks.commands import Order, give_task
from shige.matters.visibility.queries.sight import who_sees
from shige.matters.visits.commands import tell_visitors
from shige.matters.visits.queries import visits_due
from shige.matters.workflow.actors import actors_of, seen_by
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment, OutboxMessage
from shige.trust.queries import messages_for
from tests.matters.visibility.test_hidden import CHAIN, complaint

from ..town import ALWAYS, OUTSIDE, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def also(town: Town, who: str, post: str) -> None:
    """Let somebody stand in at another post."""
    substitute = Appointment.Kind.SUBSTITUTE
    Appointment.objects.create(person=town.persons[who], post=town.posts[post], valid=ALWAYS, kind=substitute)


@pytest.mark.parametrize("post", ["service_centre", "street_officer", "district_centre"])
@pytest.mark.parametrize("who", CHAIN)
def test_who_stands_in_above_the_seal_still_knows_nothing(town: Town, who: str, post: str) -> None:
    also(town, who, post)
    matter, viewer = complaint(town), town.viewer(who)
    assert not Matter.objects.filter(seen_by(viewer)).exists()
    assert not matter_list(viewer, MatterFilter(mine=True)).rows
    assert not matter_list(viewer, MatterFilter(text=matter.number)).rows
    assert not matter_list(viewer, MatterFilter()).rows
    assert not actors_of(viewer, matter)
    assert not town.persons[who].messages.exists()
    assert who not in {sight.person for sight in who_sees(SYSTEM, matter)[0]}
    assert not find_by_phone(viewer, "13812345678", "why")
    for command in (take, reveal_words):
        with pytest.raises(PermissionDenied):
            command(viewer, matter.number, *(() if command is take else ("why",)))


def test_where_the_complaint_lies_does_not_say_whom_it_is_about(town: Town) -> None:
    also(town, "micro_worker3", "service_centre")  # of the other community of the street
    complaint(town)
    assert not Matter.objects.filter(seen_by(town.viewer("micro_worker3"))).exists()


def test_what_lies_in_no_community_may_be_about_anybody_below(town: Town) -> None:
    also(town, "community_chief2", "service_centre")
    file_matter(PUBLIC, report("微网格员态度恶劣", category="11.3", place=OUTSIDE))
    assert not Matter.objects.filter(seen_by(town.viewer("community_chief2"))).exists()
    assert Matter.objects.filter(seen_by(town.viewer("service_centre"))).exists()


def test_about_officials_nobody_of_the_street_reads_it_at_the_district(town: Town) -> None:
    also(town, "street_officer", "district_centre")
    file_matter(PUBLIC, report("街道干部收钱不办事", category="11.4", place=town.place("micro")))
    assert not Matter.objects.filter(seen_by(town.viewer("street_officer"))).exists()
    assert Matter.objects.filter(seen_by(town.viewer("district_centre"))).exists()


def test_nobody_has_a_task_in_what_may_be_about_them(town: Town) -> None:
    also(town, "micro_worker", "department")
    matter = complaint(town)
    give_task(SYSTEM, matter.number, Order(town.posts["department"].pk, "核实情况", "4h"))
    assert not town.persons["micro_worker"].messages.exists()
    assert not Task.objects.filter(tasks_seen_by(town.viewer("micro_worker"))).exists()
    assert Task.objects.filter(tasks_seen_by(town.viewer("department"))).exists()


def test_the_public_place_of_other_matters_stays_in_their_sight(town: Town) -> None:
    also(town, "micro_worker", "service_centre")
    file_matter(PUBLIC, report(place=town.place("micro")))
    assert matter_list(town.viewer("micro_worker"), MatterFilter()).rows


def test_the_first_page_lists_nothing_of_it(town: Town) -> None:
    also(town, "micro_worker", "service_centre")
    complaint(town)
    assert not today_of(town.viewer("micro_worker")).mine
    assert today_of(town.viewer("service_centre")).mine


def test_whoever_served_there_when_it_may_have_happened_knows_nothing_later(town: Town) -> None:
    moved = Appointment.objects.filter(person=town.persons["micro_worker"])
    moved.update(valid=DateRange(date(2020, 1, 1), date(2026, 8, 1)))
    also(town, "micro_worker", "service_centre")
    complaint(town)
    viewer = town.viewer("micro_worker")
    assert not Matter.objects.filter(seen_by(viewer)).exists()
    for chosen in (
        MatterFilter(),
        MatterFilter(mine=True),
        MatterFilter(grid=town.areas["micro"].pk),
        MatterFilter(text="态度"),
    ):
        assert not matter_list(viewer, chosen).rows


def test_whoever_left_more_than_a_year_before_reads_it(town: Town) -> None:
    moved = Appointment.objects.filter(person=town.persons["micro_worker"])
    moved.update(valid=DateRange(date(2020, 1, 1), date(2025, 9, 1)))
    also(town, "micro_worker", "service_centre")
    complaint(town)
    assert Matter.objects.filter(seen_by(town.viewer("micro_worker"))).exists()


def test_a_post_that_only_they_hold_does_not_answer(town: Town) -> None:
    for post in ("street_officer", "service_centre"):
        town.vacate(post)
        also(town, "micro_worker", post)
    matter = complaint(town)
    assert town.owner(matter) == "district_centre"
    assert "须回避" in Step.objects.get(matter=matter).remark
    assert not town.persons["micro_worker"].messages.exists()


def test_a_post_that_somebody_else_holds_too_answers(town: Town) -> None:
    also(town, "micro_worker", "service_centre")
    matter = complaint(town)
    assert town.owner(matter) == "service_centre"
    assert town.persons["service_centre"].messages.exists()
    assert not town.persons["micro_worker"].messages.exists()


def test_it_is_passed_to_no_post_that_only_they_hold(town: Town) -> None:
    town.vacate("service_centre")
    also(town, "micro_worker", "service_centre")
    matter = complaint(town)
    assert town.posts["service_centre"] not in peers(matter)
    assert town.posts["service_centre"] not in candidates(matter)


def test_messages_about_what_was_sealed_later_are_not_shown(town: Town) -> None:
    matter = file_matter(PUBLIC, report("有人态度恶劣", category="01.1", place=town.place("micro"))).matter
    viewer = town.viewer(town.owner(matter))
    assert [one.subject_id for one in messages_for(viewer)] == [matter.number]
    sort(SYSTEM, matter.number, "11.3")
    assert not messages_for(viewer)


def test_a_visit_of_what_is_sealed_is_told_to_nobody_whom_it_may_be_about(town: Town) -> None:
    matter = complaint(town)
    also(town, "micro_worker", "service_centre")
    day = localdate(clock.now())
    post = town.posts["service_centre"]
    ReturnVisit.objects.create(matter=matter, post=post, due=day, made_at=clock.now())
    tell_visitors(SYSTEM)
    told = set(OutboxMessage.objects.filter(kind="visit.due").values_list("receiver__username", flat=True))
    assert told == {"service_centre"}
    assert not visits_due(town.viewer("micro_worker"))
    assert len(visits_due(town.viewer("service_centre"))) == 1


def test_late_it_is_told_to_nobody_whom_it_may_be_about(town: Town) -> None:
    also(town, "micro_worker", "service_centre")
    also(town, "community_chief", "district_centre")
    complaint(town)
    with clock.at(WEDNESDAY + timedelta(days=60)):
        remind_due(SYSTEM)
    late = OutboxMessage.objects.filter(kind__contains="late")
    told = set(late.values_list("receiver__username", flat=True))
    assert told == {"service_centre", "district_centre"}


def test_what_was_merged_into_it_leaves_the_sight_of_its_former_owner(town: Town) -> None:
    one, other = (
        file_matter(PUBLIC, report(words, category="01.1", place=town.place("micro"))).matter
        for words in ("路灯不亮", "路灯又不亮")
    )
    merge(SYSTEM, other.number, one.number, "同一件事")
    owner = town.viewer(town.owner(other))
    sort(SYSTEM, one.number, "11.3")
    assert not Matter.objects.filter(seen_by(owner)).exists()
    assert not matter_list(owner, MatterFilter(state="all", mine=True)).rows


def test_figures_leave_it_out(town: Town) -> None:
    also(town, "micro_worker", "service_centre")
    complaint(town)
    for step in (sequence, advance):
        step()
    begin, end = WEDNESDAY - timedelta(days=30), WEDNESDAY + timedelta(days=30)
    for who, counted in (("service_centre", 1), ("micro_worker", 0)):
        assert figures(town.viewer(who), begin, end, "category").total.open.of == counted
