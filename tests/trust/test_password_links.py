"""Everybody sets the own password, by a link that works once: nobody else chooses or sees it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shige.project.logs import SECRET_PATHS
from shige.territory.lineage import lineage_of
from shige.trust.commands import (
    add_person,
    appoint,
    ask_reset,
    close_account,
    confirm_reset,
    end_appointment,
    invite,
    linked_person,
    set_own_password,
)
from shige.trust.commands.tokens import digest
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, JournalEntry, PasswordLink, Person
from tests.places import Town

from .account import PASSWORD, entered
from .test_accounts import signed_in

PAGE = "/accounts/own-password/"


def opened(secret: str) -> Client:
    """Return the browser of somebody who opened their link."""
    browser = Client()
    assert browser.get(f"{PAGE}{secret}/")["Location"] == PAGE
    return browser


def over(secret: str) -> bool:
    return Client().get(f"{PAGE}{secret}/").status_code == 410


def test_who_makes_an_account_gets_a_link_and_no_password(town: Town) -> None:
    page = signed_in(town.people["chief"]).post(
        reverse("trust:add_person"), {"username": "fresh", "service_name": "新人", "password": PASSWORD}
    )
    fresh = Person.objects.get(username="fresh")
    assert not fresh.has_usable_password() and page.context["person"] == "chief"  # the head names the reader
    secret = page.context["link"].rstrip("/").split("/")[-1]
    assert page.context["link"] in page.content.decode() and linked_person(secret) == fresh
    assert PasswordLink.objects.get().digest == digest(secret)


def test_its_holder_sets_the_password_once(db: None) -> None:
    secret = invite(SYSTEM, add_person(SYSTEM, "new", "新人"))
    browser = opened(secret)
    assert "新人" in browser.get(PAGE).content.decode()
    done = browser.post(PAGE, {"password": PASSWORD, "again": PASSWORD})
    assert done["Location"] == reverse("account_login")
    person = Person.objects.get(username="new")
    assert person.check_password(PASSWORD) and over(secret)
    assert browser.post(PAGE, {"password": f"{PASSWORD}2", "again": f"{PASSWORD}2"}).status_code == 410
    assert [told.kind for told in person.messages.all()] == ["account.password_set"]
    assert JournalEntry.objects.filter(verb="account.password_set", actor_id=person.pk).exists()


@pytest.mark.parametrize(
    ("first", "second"), [("password123", "password123"), ("short", "short"), (PASSWORD, "another-long-one")]
)
def test_a_weak_password_or_a_slip_changes_nothing(db: None, first: str, second: str) -> None:
    secret = invite(SYSTEM, add_person(SYSTEM, "new", "新人"))
    assert opened(secret).post(PAGE, {"password": first, "again": second}).status_code == 200
    assert not Person.objects.get(username="new").has_usable_password() and not over(secret)


def test_a_link_is_over_after_a_day_with_a_newer_one_and_with_its_account(town: Town) -> None:
    person = add_person(town.viewer("chief"), "new", "新人")
    first = invite(town.viewer("chief"), person)
    second = invite(town.viewer("chief"), person)
    assert over(first) and not over(second)
    close_account(town.viewer("chief"), person)
    assert over(second)
    Person.objects.update(is_active=True)
    PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert over(second) and over("unknown")
    with pytest.raises(ValidationError):
        set_own_password(second, PASSWORD)
    assert PasswordLink.objects.count() == 2


def test_a_link_that_a_newer_one_ended_says_so_and_accuses_nobody(town: Town) -> None:
    person = add_person(town.viewer("chief"), "new", "新人")
    first = invite(town.viewer("chief"), person)
    second = invite(town.viewer("chief"), person)
    said = Client().get(f"{PAGE}{first}/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "已为您生成新的链接" in said and "他人使用" not in said
    set_own_password(second, PASSWORD)
    for secret in (second, "unknown"):
        said = Client().get(f"{PAGE}{secret}/", headers={"accept-language": "zh-hans"}).content.decode()
        assert "他人使用" in said and "已为您生成新的链接" not in said
    PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    third = confirm_reset(town.viewer("street"), ask_reset(town.viewer("chief"), person, "忘记密码"))
    assert linked_person(third) == person and PasswordLink.objects.count() == 1


def test_the_link_of_a_new_account_lasts_a_day_at_most(db: None) -> None:
    invite(SYSTEM, add_person(SYSTEM, "new", "新人"))
    left = PasswordLink.objects.get().expires_at - timezone.now()
    assert timedelta(hours=23) < left <= timedelta(hours=24)


def test_one_person_makes_no_link_for_an_account_in_use(town: Town) -> None:
    person = entered()
    with pytest.raises(PermissionDenied):
        invite(SYSTEM, person)
    asked = ask_reset(town.viewer("centre"), town.people["chief"], "手机丢失")
    confirm_reset(town.viewer("street"), asked)
    town.people["chief"].refresh_from_db()
    with pytest.raises(PermissionDenied):  # no password yet, but two people were needed
        invite(town.viewer("street"), town.people["chief"])


@pytest.mark.parametrize("who", ["worker", "other chief"])
def test_nobody_else_makes_a_link_for_a_new_account(town: Town, who: str) -> None:
    person = add_person(town.viewer("chief"), "new", "新人")
    with pytest.raises(PermissionDenied):
        invite(town.viewer(who), person)


def test_nor_where_its_post_is_not_below(town: Town) -> None:
    person = add_person(town.viewer("street"), "new", "新人")
    here = lineage_of(town.areas["street"])
    appoint(SYSTEM, person, town.posts["street"], here, Appointment.Kind.DEPUTY)
    with pytest.raises(PermissionDenied):
        invite(town.viewer("street"), person)


@pytest.mark.parametrize("since", [timedelta(0), timedelta(days=7)])
def test_once_it_has_a_post_a_new_link_takes_two_people(town: Town, since: timedelta) -> None:
    """Whoever opens the link acts in the post: nobody makes themself one for a colleague's account."""
    person = add_person(town.viewer("chief"), "new", "新人")
    first = invite(town.viewer("chief"), person)
    here, begins = lineage_of(town.areas["micro one"]), timezone.localdate() + since
    held = appoint(SYSTEM, person, town.posts["worker"], here, Appointment.Kind.DEPUTY, begins)
    assert linked_person(first) == person  # handed over before; its holder can still use it
    page = signed_in(town.people["chief"])
    address = reverse("trust:account", args=[person.pk])
    assert b'name="invite"' not in page.get(address).content
    assert page.post(address, {"invite": "1"}).status_code == 403
    end_appointment(SYSTEM, held, here)
    if not since:  # it stays the account of whoever served
        assert page.post(address, {"invite": "1"}).status_code == 403
    assert linked_person(first) == person


def test_nobody_but_its_maker_makes_a_new_link_alone(town: Town) -> None:
    person = add_person(town.viewer("chief"), "new", "新人")
    first = invite(town.viewer("chief"), person)
    with pytest.raises(PermissionDenied):
        invite(town.viewer("street"), person)
    asked = ask_reset(town.viewer("street"), person, "原经办人已调离")
    confirm_reset(town.viewer("centre"), asked)
    assert over(first)


def test_the_page_of_a_new_account_makes_a_new_link(town: Town) -> None:
    person = add_person(town.viewer("chief"), "new", "新人")
    browser, page = signed_in(town.people["chief"]), reverse("trust:account", args=[person.pk])
    assert b'name="ask"' not in browser.get(page).content
    made = browser.post(page, {"invite": "1"})
    assert made.context["link"] in made.content.decode()
    of_one_in_use = reverse("trust:account", args=[town.people["worker"].pk])
    Person.objects.filter(pk=town.people["worker"].pk).update(last_login=timezone.now())
    assert browser.post(of_one_in_use, {"invite": "1"}).status_code == 403


def test_whoever_is_signed_in_does_not_use_the_link_of_somebody_else(town: Town) -> None:
    secret = invite(SYSTEM, add_person(SYSTEM, "new", "新人"))
    browser = signed_in(town.people["chief"])
    browser.get(f"{PAGE}{secret}/")
    assert browser.post(PAGE, {"password": PASSWORD, "again": PASSWORD}).status_code == 403
    assert not over(secret)


def test_after_a_reset_the_person_sets_password_and_authenticator_anew(town: Town) -> None:
    chief = town.people["chief"]
    chief.set_password("the-old-password")
    chief.save()
    secret = confirm_reset(town.viewer("street"), ask_reset(town.viewer("centre"), chief, "手机丢失"))
    old = Client().post(reverse("account_login"), {"login": "chief", "password": "the-old-password"})
    assert old.status_code == 200
    browser = opened(secret)
    browser.post(PAGE, {"password": PASSWORD, "again": PASSWORD})
    browser.post(reverse("account_login"), {"login": "chief", "password": PASSWORD})
    assert browser.get(reverse("trust:messages"))["Location"] == reverse("mfa_activate_totp")


def test_no_log_holds_a_link() -> None:
    assert "secret" not in SECRET_PATHS.sub(r"\1…", f"GET {PAGE}secret/ 302")
