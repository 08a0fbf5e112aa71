"""Every address of the program, opened by everybody: a door that nobody declared fails here."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shige.project.api import api
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.page_access import PUBLIC_ACCESS, SIGNED_IN
from shige.trust.permissions import roles_for
from shige.trust.veil import veiled
from tests.imprint import Imprint
from tests.places import Town, make_town
from tests.project.doors import ARGUMENTS, ONLY_POST, OURS, ROOMS, WITH_ARGUMENTS, brought

REFUSED = {403, 404}


def settle() -> tuple[Town, dict[str, str]]:
    """Build a town in which all are signed in; return it with the key of each one's session."""
    town, sessions = make_town(), {}
    for who, person in town.people.items():
        browser = Client()
        browser.force_login(person)
        session = browser.session
        session[SAMPLE_SESSION] = True
        session.save()
        sessions[who] = session.session_key
    return town, sessions


@pytest.fixture(scope="module")
def settled(imprinted: Callable[..., Imprint[Any]]) -> Imprint[tuple[Town, dict[str, str]]]:
    """Settle the town once for all doors."""
    return imprinted(settle)


@pytest.fixture
def everybody(db: None, settled: Imprint[tuple[Town, dict[str, str]]]) -> tuple[Town, dict[str, Client]]:
    """Give a town and a signed-in browser for each of its people."""
    town, sessions = settled.put()
    browsers = {who: Client() for who in sessions}
    for who, browser in browsers.items():
        browser.cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
    return town, browsers


@pytest.mark.parametrize("name", OURS)
def test_every_page_declares_who_may_open_it(name: str) -> None:
    assert hasattr(OURS[name].callback, "access"), f"{name} is not declared: staff_page or public_page"


def test_what_takes_a_form_is_read_from_the_page() -> None:
    assert {"matters:act", "trust:end", "channels:answer"} < ONLY_POST
    assert not {"matters:matter", "matters:give_task", "channels:tracking", "healthz"} & ONLY_POST


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_each_of_its_doors_with_arguments_needs_and_no_others(room: str) -> None:
    assert set(brought(room)) == {name for name in WITH_ARGUMENTS if name.startswith(f"{room}:")}


@pytest.mark.parametrize("name", OURS)
def test_every_page_opens_to_the_roles_that_it_declares_and_to_nobody_else(
    name: str, everybody: tuple[Town, dict[str, Client]]
) -> None:
    town, browsers = everybody
    access = OURS[name].callback.access
    arguments = ARGUMENTS[name](town) if OURS[name].pattern.converters else {}
    url = reverse(name, kwargs=arguments) if OURS[name].name else f"/{name}"
    method = "post" if name in ONLY_POST else "get"
    stranger = getattr(Client(), method)(url)
    if access == PUBLIC_ACCESS:
        assert stranger.status_code not in {403, 500} and not asks_to_sign_in(stranger)
        return
    assert asks_to_sign_in(stranger)
    for who, browser in browsers.items():
        answer = getattr(browser, method)(url)
        if access == SIGNED_IN or town.posts[who].role in roles_for(access):
            assert answer.status_code != 500 and not asks_to_sign_in(answer), f"{who} could not open {url}"
        else:
            assert answer.status_code in REFUSED, f"{who} opened {url}"


def asks_to_sign_in(answer: HttpResponse) -> bool:
    """Say whether the answer sends somebody to the sign-in page."""
    return answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_a_session_without_second_factor_opens_nothing(everybody: tuple[Town, dict[str, Client]]) -> None:
    town, _ = everybody
    browser = Client()
    browser.force_login(town.people["admin"])
    assert browser.get(reverse("trust:team")).url == reverse("mfa_activate_totp")


def test_every_end_point_outside_public_asks_who_is_calling(db: None) -> None:
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "/public/" in path:
            continue
        for method in methods:
            known = re.sub(r"{(pk|part|row)}", veiled("key", "1"), path).replace("{key}", f"{uuid4()}")
            known = known.replace("{", "").replace("}", "")
            answer = getattr(Client(), method)(known)
            assert answer.status_code == 401, f"{method} {path} opened to a stranger"
            assert answer["Content-Type"] == "application/problem+json"
