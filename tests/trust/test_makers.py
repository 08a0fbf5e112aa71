"""What takes two people is not done by somebody and an account that they made or appointed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.trust.commands import add_person, appoint, ask_reset, confirm_reset, end_appointment
from shige.trust.gate import SYSTEM
from shige.trust.makers import are_independent, makers_of
from shige.trust.models import Appointment, Person
from tests.places import Town

from .test_accounts import signed_in

DEPUTY = Appointment.Kind.DEPUTY


def made(town: Town, maker: str, name: str, post: str, area: str) -> Person:
    """Let somebody make an account and give it a post."""
    viewer = town.viewer(maker)
    person = add_person(viewer, name, name)
    appoint(viewer, person, town.posts[post], lineage_of(town.areas[area]), DEPUTY)
    town.people[name] = person
    return person


def test_nobody_confirms_with_an_account_of_their_own_making(town: Town) -> None:
    made(town, "street", "puppet", "chief", "community one")
    worker = town.people["worker"]
    asked = ask_reset(town.viewer("street"), worker, "手机丢失")
    with pytest.raises(ValidationError):
        confirm_reset(town.viewer("puppet"), asked)
    worker.refresh_from_db()
    assert asked.confirmed_at is None and worker.password == Person.objects.get(pk=worker.pk).password
    page = signed_in(town.people["puppet"]).get(reverse("trust:account", args=[worker.pk]))
    assert b'name="confirm"' not in page.content


def test_nor_does_it_ask_and_its_maker_confirms(town: Town) -> None:
    made(town, "street", "puppet", "chief", "community one")
    asked = ask_reset(town.viewer("puppet"), town.people["worker"], "手机丢失")
    with pytest.raises(ValidationError):
        confirm_reset(town.viewer("street"), asked)


def test_nor_do_two_new_accounts_of_one_maker(town: Town) -> None:
    one = made(town, "street", "puppet", "chief", "community one")
    two = made(town, "street", "second puppet", "chief", "community one")
    asked = ask_reset(town.viewer("puppet"), town.people["worker"], "手机丢失")
    with pytest.raises(ValidationError):
        confirm_reset(town.viewer("second puppet"), asked)
    long_ago = timezone.now() - timedelta(days=120)
    Person.objects.filter(pk__in=(one.pk, two.pk)).update(created_at=long_ago)
    for held in Appointment.objects.filter(person__in=(one, two)):
        Appointment.objects.filter(pk=held.pk).update(valid=(long_ago, None))
    assert are_independent(one.pk, two.pk)


def test_what_is_made_by_what_was_made_is_of_the_same_hand(town: Town) -> None:
    officer = add_person(town.viewer("centre"), "officer", "officer")
    street = lineage_of(town.areas["street"])
    appoint(town.viewer("admin"), officer, town.posts["street"], street, DEPUTY)
    town.people["officer"] = officer
    last = made(town, "officer", "puppet", "chief", "community one")
    assert makers_of(last.pk) == {town.people[who].pk for who in ("officer", "centre", "admin")}
    assert not are_independent(last.pk, town.people["centre"].pk)


def test_who_was_only_appointed_depends_as_long_as_they_hold_the_post(town: Town) -> None:
    chief = town.people["other chief"]
    here = lineage_of(town.areas["community one"])
    held = appoint(town.viewer("street"), chief, town.posts["chief"], here, DEPUTY)
    assert not are_independent(town.people["street"].pk, chief.pk)
    end_appointment(SYSTEM, held, here)
    assert are_independent(town.people["street"].pk, chief.pk)


def test_whoever_gets_a_new_password_is_told_of_both_steps(town: Town) -> None:
    asked = ask_reset(town.viewer("street"), town.people["worker"], "手机丢失")
    confirm_reset(town.viewer("chief"), asked)
    kinds = town.people["worker"].messages.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["account.reset_asked", "account.reset"]
    browser = signed_in(Person.objects.get(pk=town.people["worker"].pk))
    shown = browser.get(reverse("trust:messages"), headers={"accept-language": "zh-hans"})
    assert "密码" in shown.content.decode()
