"""The sample's urgings go through the commands that overseers and posts in charge use (R10)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from shige.matters.models import Matter
from shige.oversight.models import Note, ToldNight, Urging
from shige.rehearsal.oversight import oversee, report_quarter
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
    kinds = Counter(Note.objects.values_list("kind", flat=True))
    assert kinds == {"finding": 2, "guidance": 2, "visit": 5}
    assert Note.objects.filter(answered_at__isnull=False).count() == 1
    assert ToldNight.objects.get().cases.exists()
    made = report_quarter()
    assert made is not None and made.above == upper and "积水点" in made.paragraphs["visits"]
