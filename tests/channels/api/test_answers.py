"""Programs of others give the same answers as people on the pages, and they weigh the same (P3, P4)."""

from typing import Any

import pytest
from django.test import Client

from shige.matters.models import Matter
from tests.channels.api.test_matters import post
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


def filed(client: Client, town: Town, **given: Any) -> Matter:
    """File through the API and return the matter."""
    answer = post(client, town, **given)
    assert answer.status_code == 201, answer.content
    return Matter.objects.get()


@pytest.mark.parametrize("danger", ["yes", "cannot_talk"])
def test_somebody_in_danger_is_sealed_whatever_the_words(client: Client, town: Town, danger: str) -> None:
    found = filed(client, town, danger=danger)
    assert (found.sealed, found.kind) == (1, "guarded")


def test_nobody_in_danger_leaves_a_lamp_a_lamp(client: Client, town: Town) -> None:
    found = filed(client, town, danger="none", category="02.1")
    assert (found.sealed, found.category) == (0, "02.1")


def test_an_alarm_that_is_called_none_waits_for_a_look_and_keeps_its_category(
    client: Client, town: Town
) -> None:
    found = filed(client, town, text="老公打我", category="05.1", no_emergency=True)
    assert (found.sealed, found.kind, found.category) == (1, "guarded", "05.1")


def test_a_hazard_goes_to_its_department_whatever_is_chosen(client: Client, town: Town) -> None:
    found = filed(client, town, text="楼道里好大一股天然气味道", category="02.1")
    assert (found.sealed, found.category) == (0, "03.3")


def test_somebody_hurt_or_afraid_is_sealed(client: Client, town: Town) -> None:
    assert filed(client, town, text="楼上又吵起来了", category="05.4", hurt=True).sealed == 1


@pytest.mark.parametrize(("about", "seal"), [("worker", 1), ("official", 2), (True, 2)])
def test_what_is_about_staff_is_sealed_whatever_is_chosen(
    client: Client, town: Town, about: object, seal: int
) -> None:
    found = filed(client, town, text="他说话很难听", category="01.1", about_staff=about)
    assert (found.sealed, found.category) == (seal, "01.1")


@pytest.mark.parametrize(
    ("field", "given"),
    [("danger", "perhaps"), ("about_staff", "boss"), ("no_emergency", "so"), ("hurt", "x")],
)
def test_an_answer_that_nobody_can_give_is_refused(
    client: Client, town: Town, field: str, given: str
) -> None:
    answer = post(client, town, **{field: given})
    assert answer.status_code == 422 and field in answer.content.decode()
    assert not Matter.objects.exists()
