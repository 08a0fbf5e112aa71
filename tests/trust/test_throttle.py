"""Wrong passwords wait longer each time, by address and account; a one-time code works once."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shige.trust.commands.throttle import forget_failures, forget_old_failures, note_failure, waits
from shige.trust.models import SignInFailure
from shige.trust.origin import network_of, origin_of
from shige.trust.second_factor import ANYWHERE
from tests.browser.signing_in import one_time_password

from .account import PASSWORD, entered

SECRET = "JBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


def tried(password: str, address: str = "192.0.2.1", **headers: str) -> str:
    """Try to sign in as ``new`` and return the page, or the address to which it led."""
    page = Client(REMOTE_ADDR=address).post(
        reverse("account_login"), {"login": "new", "password": password}, headers=headers
    )
    return page.url if page.status_code == 302 else page.content.decode()


def test_the_wait_grows_and_ends_with_the_right_password() -> None:
    for _ in range(3):
        note_failure("a", "new")
    assert waits("a", "new") is None
    lengths = []
    for _ in range(12):
        note_failure("a", "new")
        lengths.append(waits("a", "new"))
    assert all(lengths) and sorted(lengths[:9]) == lengths[:9]
    assert timedelta(minutes=14) < lengths[-1] <= timedelta(minutes=15)
    assert waits("b", "new") is None and waits("a", "other") is None
    forget_failures("a", "new")
    assert waits("a", "new") is None


def test_nobody_locks_somebody_else_out() -> None:
    entered()
    for _ in range(6):
        tried("wrong", "198.51.100.9")
    SignInFailure.objects.update(
        waits_until=timezone.now() + timedelta(minutes=5)
    )  # however slow the machine
    assert tried(PASSWORD, "198.51.100.9").startswith("<")  # from there even the right one has to wait
    assert not tried(PASSWORD).startswith("<")


def test_old_counts_are_forgotten() -> None:
    note_failure("a", "new")
    SignInFailure.objects.update(waits_until="2020-01-01T00:00Z")
    assert forget_old_failures() == 1


def test_sign_in_counts_the_address_behind_a_configured_proxy(settings: object) -> None:
    entered()
    settings.SHIGE_PROXIES = ["10.0.0.0/8"]
    for _ in range(6):
        tried("wrong", "10.0.0.1", **{"x-forwarded-for": "203.0.113.5"})
    SignInFailure.objects.update(waits_until=timezone.now() + timedelta(minutes=5))
    assert tried(PASSWORD, "10.0.0.1", **{"x-forwarded-for": "203.0.113.5"}).startswith("<")
    assert not tried(PASSWORD, "10.0.0.1", **{"x-forwarded-for": "203.0.113.6"}).startswith("<")


def test_a_forwarded_address_is_believed_of_proxies_only(rf: object, settings: object) -> None:
    settings.SHIGE_PROXIES = ["10.0.0.0/8"]
    told = {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.5"}
    assert origin_of(rf.get("/", REMOTE_ADDR="10.0.0.1", **told)) == "203.0.113.5"
    assert origin_of(rf.get("/", REMOTE_ADDR="192.0.2.1", **told)) == "192.0.2.1"
    assert network_of(rf.get("/", REMOTE_ADDR="2001:db8::1")) == "2001:db8::/64"
    # As a listener on both kinds of addresses writes them.
    assert origin_of(rf.get("/", REMOTE_ADDR="::ffff:10.0.0.1", **told)) == "203.0.113.5"
    assert network_of(rf.get("/", REMOTE_ADDR="::ffff:192.0.2.1")) == "192.0.2.1"


def test_a_one_time_code_works_once_for_all_processes() -> None:
    person = entered()
    second_factor = TOTP.activate(person, SECRET)
    code = one_time_password(SECRET)
    assert second_factor.validate_code(code)
    assert not TOTP(second_factor.instance).validate_code(code)


def test_the_code_that_set_the_second_factor_up_signs_nobody_in() -> None:
    person = entered()
    client = Client()
    client.force_login(person)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = one_time_password(secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert not TOTP(Authenticator.objects.get(user=person, type="totp")).validate_code(code)


def test_wrong_codes_wait_longer_from_every_address_together() -> None:
    person = entered()
    TOTP.activate(person, SECRET)
    for number in range(6):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        client.post(reverse("account_login"), {"login": "new", "password": PASSWORD})
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert page.status_code == 200
    assert waits(ANYWHERE, str(person.pk))
    assert client.post(reverse("mfa_authenticate"), {"code": one_time_password(SECRET)}).status_code == 200
    SignInFailure.objects.update(waits_until="2020-01-01T00:00Z")
    assert client.post(reverse("mfa_authenticate"), {"code": one_time_password(SECRET)}).status_code == 302


def test_used_codes_outlive_a_crowd_of_keys(settings: object) -> None:
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
