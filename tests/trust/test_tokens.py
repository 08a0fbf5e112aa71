"""Bearer tokens are named, limited and revocable; sign-in links work once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from shige.trust.commands import issue_token, make_sign_in_link, revoke_token, use_sign_in_link, use_token
from shige.trust.gate import SYSTEM
from shige.trust.models import ApiToken
from tests.places import Town


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
