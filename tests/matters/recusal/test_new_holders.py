"""Whom a matter is about comes to hold the post that has it: it leaves them, and nothing tells (P3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.jobs import holders
from shige.matters.models import Matter, Task
from shige.matters.recusal.commands import recuse
from shige.matters.sealing.commands.guard import release
from shige.matters.tasks.commands import Order, give_task
from shige.matters.workflow.actors import seen_by
from shige.trust.commands import appoint, end_appointment
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment, JournalEntry, Person
from shige.trust.queries import lineage_of_post, messages_for
from tests.matters.visibility.test_hidden import complaint

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

NAME = "欧阳正清"
SAID = "欧阳正清拿了楼上的好处，垃圾没人收"


def stranger(town: Town, name: str = NAME) -> Person:
    """Add somebody who has no post yet."""
    town.persons[name] = Person.objects.create(username="newcomer", service_name=name)
    return town.persons[name]


def begins(town: Town, who: str, post: str, **given: Any) -> Appointment:
    """Appoint somebody to a post of the town, as its primary unless said otherwise."""
    held = town.posts[post]
    return appoint(SYSTEM, town.persons[who], held, lineage_of_post(held), **given)


def leaves(town: Town, post: str) -> None:
    """End whoever holds a post."""
    for held in Appointment.objects.in_force().filter(post=town.posts[post]):
        end_appointment(SYSTEM, held, lineage_of_post(town.posts[post]))


def sees(town: Town, who: str) -> bool:
    return Matter.objects.filter(seen_by(town.viewer(who))).exists()


@pytest.fixture
def about_them(town: Town) -> Iterator[Matter]:
    """File a complaint about somebody who then leaves their post; the street's centre has it in hand."""
    matter = complaint(town)
    recuse(SYSTEM, matter.number, town.persons["department"].pk, "反映的就是本人")
    take(town.viewer("service_centre"), matter.number)
    leaves(town, "department")
    assert town.owner(matter) == "service_centre"
    yield matter


def test_their_only_post_passes_it_up_to_whoever_may_know_of_it(town: Town, about_them: Matter) -> None:
    leaves(town, "service_centre")
    begins(town, "department", "service_centre")
    matter = Matter.objects.get()
    assert (town.owner(matter), matter.sealed) == ("street_officer", 1)
    assert not sees(town, "department") and sees(town, "street_officer")
    assert messages_for(town.viewer("street_officer")) and not messages_for(town.viewer("department"))
    last = matter.steps.last()
    assert last is not None and last.to_post == town.posts["street_officer"]
    assert JournalEntry.objects.filter(verb="matter.recused", actor=None).count() == 2


def test_beside_somebody_else_it_stays_and_is_hidden_from_them(town: Town, about_them: Matter) -> None:
    begins(town, "department", "service_centre", kind="substitute")
    assert town.owner(Matter.objects.get()) == "service_centre"
    assert sees(town, "service_centre") and not sees(town, "department")


def test_once_the_other_one_leaves_it_goes_up(town: Town, about_them: Matter) -> None:
    begins(town, "department", "service_centre", kind="substitute")
    leaving = Appointment.objects.in_force().get(person=town.persons["service_centre"])
    end_appointment(SYSTEM, leaving, lineage_of_post(town.posts["service_centre"]))
    assert town.owner(Matter.objects.get()) == "street_officer"


def test_who_begins_later_is_looked_at_on_that_day(town: Town, about_them: Matter) -> None:
    leaves(town, "service_centre")
    begins(town, "department", "service_centre", since=localdate() + timedelta(days=1))
    assert town.owner(Matter.objects.get()) == "service_centre"
    held = Appointment.objects.get(person=town.persons["department"], post=town.posts["service_centre"])
    Appointment.objects.filter(pk=held.pk).update(valid=DateTimeTZRange(timezone.now(), None))
    holders(timestamp=0)
    assert town.owner(Matter.objects.get()) == "street_officer"


def test_a_vacant_post_keeps_it_until_somebody_holds_it(town: Town, about_them: Matter) -> None:
    leaves(town, "service_centre")
    holders(timestamp=0)
    assert town.owner(Matter.objects.get()) == "service_centre"


def test_a_task_of_their_new_post_is_taken_back(town: Town, about_them: Matter) -> None:
    give_task(SYSTEM, about_them.number, Order(town.posts["street_officer"].pk, "核实情况", "4h"))
    leaves(town, "street_officer")
    begins(town, "department", "street_officer")
    assert Task.objects.get().state == "withdrawn"
    assert not messages_for(town.viewer("department"))


def test_so_it_is_with_whoever_served_below_its_seal(town: Town) -> None:
    matter = complaint(town)
    leaves(town, "service_centre")
    begins(town, "micro_worker", "service_centre", kind="substitute")
    assert town.owner(Matter.objects.get()) == "street_officer"
    assert not Matter.objects.filter(seen_by(town.viewer("micro_worker")), pk=matter.pk).exists()


def test_what_names_a_new_holder_is_sealed_and_leaves_them(town: Town) -> None:
    stranger(town)
    number = file_matter(PUBLIC, report(SAID, place=town.place("micro"), category="01.1")).matter.number
    matter = Matter.objects.get()
    if matter.sealed:
        matter = release(SYSTEM, number, "说的是垃圾", "01.1")
    had = town.owner(matter)
    leaves(town, had)
    begins(town, NAME, had)
    after = Matter.objects.get()
    assert after.sealed == 1 and town.owner(after) == "service_centre"
    assert not sees(town, NAME)


def test_nor_do_they_see_it_where_others_answer(town: Town) -> None:
    stranger(town)
    file_matter(PUBLIC, report(f"{NAME}家门口的灯不亮了", place=town.place("micro"), category="02.1"))
    had = town.owner(Matter.objects.get())
    begins(town, NAME, "fulltime_worker", kind="deputy")
    after = Matter.objects.get()
    assert (after.sealed, town.owner(after)) == (0, had)
    assert not sees(town, NAME) and sees(town, "fulltime_worker")


def test_others_are_not_touched_by_it(town: Town) -> None:
    stranger(town, "王小明")
    file_matter(PUBLIC, report(SAID.replace(NAME, "对面商铺"), place=town.place("micro"), category="01.1"))
    had = town.owner(Matter.objects.get())
    leaves(town, had)
    begins(town, "王小明", had)
    after = Matter.objects.get()
    assert (after.sealed, town.owner(after)) == (0, had) and sees(town, "王小明")


def test_words_in_the_vault_are_read_again_as_well(town: Town) -> None:
    """What is confidential is judged by what was typed, though no row of it shows the words."""
    stranger(town)
    matter = file_matter(PUBLIC, report(SAID, place=town.place("micro"), category="05.1")).matter
    assert matter.confidential and not matter.words
    with clock.at(WEDNESDAY + timedelta(days=1)):
        had = town.owner(Matter.objects.get())
        begins(town, NAME, had, kind="substitute")
    assert not sees(town, NAME)
