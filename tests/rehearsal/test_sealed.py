"""The sample's sealed matters go through the very commands of the program."""

import pytest
from django.utils import timezone

from shige.matters.models import Matter
from shige.rehearsal.sealed import STORIES, tell_sealed
from tests.matters.town import build

pytestmark = pytest.mark.django_db


def test_some_wait_some_are_in_hand_and_one_was_released(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr("shige.rehearsal.sealed.APART", 1)
    assert tell_sealed(timezone.now()) == 4 < len(STORIES)  # the town has four buildings
    states = Matter.objects.order_by("pk").values_list("kind", "state", "sealed")
    assert list(states) == [
        ("guarded", "new", 1),
        ("guarded", "in_hand", 1),
        ("guarded", "new", 1),
        ("guarded", "new", 2),
    ]


def test_an_empty_town_has_nobody_to_tell() -> None:
    assert tell_sealed(timezone.now()) == 0
