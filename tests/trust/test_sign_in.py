"""Staff sign in with a password and a second factor; nobody signs up."""

import pytest
from django.test import Client
from django.urls import reverse

from shige.trust.commands import make_sign_in_link
from shige.trust.gate import SYSTEM
from tests.browser.signing_in import one_time_password
from tests.places import Town

from .account import PASSWORD, entered


@pytest.fixture
def browser(db: None) -> Client:
    """Give a browser whose person has entered the first password."""
    entered()
    client = Client()
    client.post(reverse("account_login"), {"login": "new", "password": PASSWORD})
    return client


def test_after_the_password_comes_the_second_factor_and_nothing_else(browser: Client) -> None:
    assert browser.get(reverse("trust:messages")).url == reverse("mfa_activate_totp")


def test_with_the_second_factor_the_office_opens(browser: Client) -> None:
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    browser.post(reverse("mfa_activate_totp"), {"code": one_time_password(secret)})
    assert browser.get(reverse("trust:messages")).status_code == 200


def test_a_wrong_password_opens_nothing(db: None) -> None:
    entered()
    client = Client()
    client.post(reverse("account_login"), {"login": "new", "password": "wrong"})
    assert client.get(reverse("trust:messages")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nobody_signs_up_or_resets_by_themselves(db: None, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_sample_link_needs_the_sample(town: Town) -> None:
    secret = make_sign_in_link(SYSTEM, town.people["chief"])
    assert Client().get(reverse("trust:enter", args=[secret])).status_code == 404


def test_a_sample_link_works_on_this_machine_only(town: Town, settings: object) -> None:
    settings.SHIGE_SAMPLE_FILE.write_text("{}")
    secret = make_sign_in_link(SYSTEM, town.people["chief"])
    url = reverse("trust:enter", args=[secret])
    assert Client(REMOTE_ADDR="192.0.2.1").get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert Client().get(url).status_code == 410
