"""Bearer tokens are named, limited and revocable; sign-in links work once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from shige.trust.commands import issue_token, make_sign_in_link, revoke_token, use_sign_in_link, use_token
from shige.trust.gate import SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import ApiToken
from tests.places import Town

SIGNALS = "/api/v1/weather/signals"
SIGNAL = {
    "area": "990101001000",
    "kind": "gale",
    "colour": "blue",
    "since": "2030-01-01T00:00:00Z",
    "until": "2030-01-02T00:00:00Z",
}


def test_a_token_opens_until_it_is_revoked(town: Town) -> None:
    token, secret = issue_token(town.viewer("street"), town.people["street"], "figures", ["figures.see"], 30)
    assert use_token(secret) == token
    revoke_token(town.viewer("street"), token)
    assert use_token(secret) is None


def test_a_token_ends_by_itself(town: Town) -> None:
    token, secret = issue_token(SYSTEM, town.people["street"], "figures", ["figures.see"], 30)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert use_token(secret) is None


def test_the_secret_is_not_stored(town: Town) -> None:
    token, secret = issue_token(SYSTEM, town.people["street"], "figures", ["figures.see"], 30)
    assert secret.encode() not in bytes(token.digest)


@pytest.mark.parametrize(
    ("actions", "days"), [([], 30), (["fly"], 30), (["figures.see"], 0), (["figures.see"], 999)]
)
def test_a_token_without_sense_is_refused(town: Town, actions: list[str], days: int) -> None:
    with pytest.raises(ValidationError):
        issue_token(SYSTEM, town.people["street"], "x", actions, days)


def test_a_worker_may_not_issue_tokens(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        issue_token(town.viewer("worker"), town.people["worker"], "x", ["matter.see"], 1)


def test_a_sign_in_link_works_once(town: Town) -> None:
    secret = make_sign_in_link(SYSTEM, town.people["chief"])
    assert use_sign_in_link(secret) == town.people["chief"]
    assert use_sign_in_link(secret) is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),  # neither a session nor a token: refused for want of the CSRF token
        ({"authorization": "Bearer shige_wrong"}, 401),
    ],
)
def test_nobody_writes_without_a_token_in_force(db: None, headers: dict[str, str], status: int) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(SIGNALS, {}, content_type="application/json", headers=headers)
    assert answer.status_code == status


def test_a_token_writes_without_a_csrf_token_as_far_as_its_actions_go(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    for actions, status in ((["matter.see"], 422), (["warning.send"], 201)):
        _token, secret = issue_token(SYSTEM, town.people["street"], "weather", actions, 3)
        bearer = {"authorization": f"Bearer {secret}"}
        answer = browser.post(SIGNALS, SIGNAL, content_type="application/json", headers=bearer)
        assert answer.status_code == status, answer.content


def test_a_session_still_needs_the_csrf_token(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.people["street"])
    session = browser.session
    session[SAMPLE_SESSION] = True
    session.save()
    assert browser.post(SIGNALS, SIGNAL, content_type="application/json").status_code == 403


def test_the_settings_say_in_words_what_a_token_may_do(town: Town, client: Client) -> None:
    issue_token(SYSTEM, town.people["street"], "月报", ["figures.see", "matter.see"], 30)
    client.force_login(town.people["street"])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    page = client.get("/settings/").content.decode()
    row = page[page.index("月报") :][:400]
    assert "、" in row and "figures.see" not in row and "Asia/Shanghai" not in page
