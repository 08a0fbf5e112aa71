"""The sample's urgings go through the commands that overseers and posts in charge use (R10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shige.matters.models import Matter
from shige.oversight.models import Urging
from shige.rehearsal.oversight import oversee
from tests.matters.town import build
from tests.oversight.line import overseer

pytestmark = pytest.mark.django_db


def test_every_urging_ends_where_its_story_does() -> None:
    town = build()
    upper = overseer(town, "upper", "east")
    for name, area in (("first", "general"), ("second", "general2"), ("neighbour", "micro")):
        overseer(town, name, area, upper)
    now = timezone.now()
    assert oversee(now) == Urging.objects.count() == 5
    assert sorted(Urging.objects.values_list("state", flat=True)) == [
        "answered",
        "closed",
        "open",
        "open",
        "open",
    ]
    (late,) = Urging.objects.filter(told_of__isnull=False)
    assert (late.area, late.above) == (town.areas["general2"], upper)
    assert Matter.objects.filter(reported_at__lt=now - timedelta(days=10)).count() == 6
