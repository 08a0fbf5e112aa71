"""Accounts are closed at once, sessions can be ended, a new password takes two people."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.trust.commands import (
    appoint,
    ask_reset,
    close_account,
    confirm_reset,
    end_sessions,
    issue_token,
    linked_person,
    open_account,
    reset_account,
    use_token,
)
from shige.trust.gate import SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import Appointment, CredentialReset, Person
from tests.places import Town


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    UserSession.objects.create(
        user=person, ip="192.0.2.7", user_agent="Test", session_key=session.session_key
    )
    return client


@pytest.fixture
def second(town: Town) -> Person:
    """A second officer of the street."""
    person = Person.objects.create(username="second", service_name="second", password="!")
    here = lineage_of(town.areas["street"])
    appoint(SYSTEM, person, town.posts["street"], here, Appointment.Kind.DEPUTY)
    town.people["second"] = person
    return person


def test_a_closed_account_is_out_at_once_with_its_tokens(town: Town) -> None:
    browser = signed_in(town.people["chief"])
    _token, secret = issue_token(SYSTEM, town.people["chief"], "x", ["matter.see"], 3)
    assert browser.get("/team/").status_code == 200
    close_account(town.viewer("street"), town.people["chief"])
    assert browser.get("/team/").status_code == 302 and use_token(secret) is None
    open_account(town.viewer("street"), town.people["chief"])
    assert browser.get("/team/").status_code == 302  # signing in again is left to its holder


def test_a_closed_account_is_not_appointed(town: Town) -> None:
    close_account(town.viewer("street"), town.people["fulltime"])
    town.people["fulltime"].refresh_from_db()
    with pytest.raises(ValidationError):
        appoint(
            town.viewer("street"),
            town.people["fulltime"],
            town.posts["worker"],
            lineage_of(town.areas["micro one"]),
            Appointment.Kind.DEPUTY,
        )


def test_sessions_are_ended_by_whoever_stands_above(town: Town) -> None:
    browsers = [signed_in(town.people["worker"]) for _ in range(2)]
    assert end_sessions(town.viewer("chief"), town.people["worker"]) == 2
    assert [browser.get("/messages/").status_code for browser in browsers] == [302, 302]


BESIDE_ABOVE_OR_ELSEWHERE = [
    ("chief", "chief"),
    ("chief", "street"),
    ("street", "street"),
    ("chief", "other worker"),
    ("worker", "chief"),
]


@pytest.mark.parametrize(("who", "whom"), BESIDE_ABOVE_OR_ELSEWHERE)
def test_nobody_touches_accounts_beside_or_above_or_elsewhere(town: Town, who: str, whom: str) -> None:
    for act in (close_account, end_sessions, open_account):
        with pytest.raises(PermissionDenied):
            act(town.viewer(who), town.people[whom])
    with pytest.raises(PermissionDenied):
        ask_reset(town.viewer(who), town.people[whom], "lost")


def test_a_person_with_one_higher_post_is_out_of_reach(town: Town) -> None:
    here = lineage_of(town.areas["district"])
    appoint(SYSTEM, town.people["worker"], town.posts["centre"], here, Appointment.Kind.SUBSTITUTE)
    with pytest.raises(PermissionDenied):
        close_account(town.viewer("street"), town.people["worker"])


def test_a_person_with_a_higher_post_from_next_week_on_is_out_of_reach(town: Town) -> None:
    here, monday = lineage_of(town.areas["district"]), timezone.localdate() + timedelta(days=7)
    appoint(
        SYSTEM, town.people["worker"], town.posts["centre"], here, Appointment.Kind.SUBSTITUTE, since=monday
    )
    with pytest.raises(PermissionDenied):
        ask_reset(town.viewer("street"), town.people["worker"], "手机丢失")


def test_a_new_password_takes_two_people(town: Town, second: Person) -> None:
    browser = signed_in(town.people["chief"])
    Authenticator.objects.create(user=town.people["chief"], type="totp", data={"secret": "x"})
    _token, secret = issue_token(SYSTEM, town.people["chief"], "x", ["matter.see"], 3)
    asked = ask_reset(town.viewer("street"), town.people["chief"], "手机丢失")
    with pytest.raises(PermissionDenied):
        confirm_reset(town.viewer("street"), asked)
    with pytest.raises(PermissionDenied):
        reset_account(town.viewer("street"), town.people["chief"])
    link = confirm_reset(town.viewer("second"), asked)
    town.people["chief"].refresh_from_db()
    assert not town.people["chief"].has_usable_password() and linked_person(link) == town.people["chief"]
    assert not Authenticator.objects.exists() and browser.get("/team/").status_code == 302
    assert use_token(secret) is None


def test_a_reset_is_used_once_and_ends_after_a_day(town: Town, second: Person) -> None:
    asked = ask_reset(town.viewer("street"), town.people["chief"], "lost")
    with pytest.raises(ValidationError):
        ask_reset(town.viewer("second"), town.people["chief"], "lost")
    CredentialReset.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(ValidationError):
        confirm_reset(town.viewer("second"), asked)
    again = ask_reset(town.viewer("street"), town.people["chief"], "lost")
    confirm_reset(town.viewer("second"), again)
    with pytest.raises(ValidationError):
        confirm_reset(town.viewer("second"), again)


def test_the_database_refuses_a_reset_by_one_person(town: Town) -> None:
    asked = ask_reset(town.viewer("street"), town.people["chief"], "lost")
    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialReset.objects.filter(pk=asked.pk).update(confirmed_by=town.people["street"])


def test_a_reset_needs_a_reason(town: Town) -> None:
    with pytest.raises(ValidationError):
        ask_reset(town.viewer("street"), town.people["chief"], "  ")


def test_the_page_shows_a_link_once_and_no_password(town: Town, second: Person) -> None:
    page = reverse("trust:account", args=[town.people["chief"].pk])
    assert signed_in(town.people["street"]).post(page, {"ask": "1", "reason": "手机丢失"}).status_code == 302
    confirming = signed_in(second)
    answer = confirming.post(page, {"confirm": "1"})
    shown = answer.context["link"]
    assert shown and shown in answer.content.decode() and answer["Cache-Control"] == "no-store"
    assert shown not in confirming.get(page).content.decode()
    assert linked_person(shown.rstrip("/").split("/")[-1]) == town.people["chief"]


@pytest.mark.parametrize(("who", "status"), [("chief", 404), ("worker", 403), ("other chief", 404)])
def test_the_page_of_somebody_elsewhere_is_not_there(town: Town, who: str, status: int) -> None:
    page = reverse("trust:account", args=[town.people["centre"].pk])
    assert signed_in(town.people[who]).get(page).status_code == status
