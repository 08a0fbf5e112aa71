"""The sample's opinion notes go through the commands that workers and offices use (R40)."""

from datetime import UTC, datetime

import pytest

from shige.matters.models import Matter
from shige.opinions.models import Opinion
from shige.rehearsal.opinions import tell_opinions
from shige.trust.models import Appointment, Post
from tests.matters.town import ALWAYS, build

pytestmark = pytest.mark.django_db


def test_every_note_ends_where_its_story_does() -> None:
    town = build()
    for community in ("east", "west"):
        post = Post.objects.create(role="community_staff", area=town.areas[community], name="staff")
        Appointment.objects.create(person=town.persons["street_officer"], post=post, valid=ALWAYS)
    assert tell_opinions(datetime(2026, 9, 9, 4, 0, tzinfo=UTC)) == Opinion.objects.count() == 8
    states = sorted(Opinion.objects.values_list("state", flat=True))
    assert states == ["answered", "answered", "followed", "noted", "noted", "noted", "noted", "set_aside"]
    assert Matter.objects.get().source == "counter"
