"""The sample's disputes go through the commands of mediation as their workers would take them."""

from datetime import UTC, datetime

import pytest

from shige.disputes.models.group_plan import GroupPlan
from shige.disputes.models.mediation import Mediation
from shige.disputes.models.monthly import MonthlyText
from shige.matters.models import Matter, ReturnVisit
from shige.rehearsal.disputes import tell_disputes
from tests.matters.town import build

pytestmark = pytest.mark.django_db


def test_every_dispute_ends_where_its_story_does() -> None:
    build()
    count = tell_disputes(datetime(2026, 9, 9, 4, 0, tzinfo=UTC))
    states = sorted(Matter.objects.values_list("state", flat=True))
    assert count == 7 and len(states) == 7
    assert states == ["committee", "follow_up", "follow_up", "follow_up", "in_hand", "in_hand", "new"]
    assert Mediation.objects.count() == 5 and ReturnVisit.objects.filter(outcome="ok").count() == 2
    assert GroupPlan.objects.get().adopted_at and MonthlyText.objects.count() == 1
