"""Thousands of calls that nobody wrote: no end-point of the API answers with a fault of ours."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from shige.project.api import api
from shige.project.wsgi import application
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.permissions import PERMISSIONS, roles_for
from tests.places import make_town

SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
CALLS = 10
"""For each end-point, with and without a token, sent as described and sent otherwise; in the long form
``ATTACK_CALLS``."""

ATTACK_CALLS = 310
BROKEN = range(500, 600)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's transaction over requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(db: None, one_connection: None) -> Iterator[dict[str, str]]:
    """Return headers of a stranger and of a street officer whose token may do all that the post may."""
    town = make_town()
    actions = [action for action in PERMISSIONS if town.posts["street"].role in roles_for(action)]
    _, secret = issue_token(SYSTEM, town.people["street"], "fuzz", actions, 30)
    yield {"stranger": "", "token": f"Bearer {secret}"}


def answers(label: str, mode: GenerationMode, token: str, calls: int) -> list[int]:
    """Call an end-point many times; return the statuses."""
    statuses: list[int] = []

    @seed(20261129)
    @settings(
        max_examples=calls, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        headers = {"Authorization": token} if token else {}
        answer = case.call(app=application, base_url="http://localhost", headers=headers)
        assert answer.status_code not in BROKEN, f"{case.as_curl_command()}: {answer.status_code}"
        statuses.append(answer.status_code)

    with contextlib.suppress(Unsatisfiable):  # whatever one sends there fits its description
        call()
    return statuses


@pytest.mark.long
@pytest.mark.parametrize("calls", [CALLS, pytest.param(ATTACK_CALLS, marks=pytest.mark.attack)])
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_call_breaks_an_end_point(
    label: str, mode: GenerationMode, tokens: dict[str, str], calls: int
) -> None:
    for token in tokens.values():
        assert answers(label, mode, token, calls) or mode is GenerationMode.NEGATIVE


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "127.0.0.1:99999x", "[::1", "x" * 5000, "%00"])
@pytest.mark.parametrize(
    "path", ["/", "/report/", "/accounts/login/", "/office/", "/api/v1/public/grids", "/nowhere"]
)
def test_a_wrong_host_is_400(db: None, path: str, host: str) -> None:
    answer = Client(raise_request_exception=False).get(path, HTTP_HOST=host)
    assert answer.status_code == 400 if host else answer.status_code < 500


def test_long_forms_are_long_enough() -> None:
    """The attack makes at least the 10,000 calls that are promised."""
    assert (len(OPERATIONS) * len(GenerationMode) - 1) * 2 * ATTACK_CALLS >= 10_000, len(OPERATIONS)
