"""The sample's offices warn ahead through the commands, on whatever day it is made."""

from datetime import UTC, datetime, timedelta

import pytest

from shige.matters import clock
from shige.rehearsal.warnings import warn_ahead
from shige.warnings.models import DismissedProposal, SentWarning, WeatherSignal
from shige.warnings.queries.proposals import proposals_for
from tests.matters.town import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_something_sent_and_something_proposed(month: int) -> None:
    now = datetime(2026, month, 9, 4, 0, tzinfo=UTC)
    town = build()
    warn_ahead(now)
    past, standing = SentWarning.objects.order_by("sent_at")
    assert past.until < now < standing.until
    assert WeatherSignal.objects.get().until > now and DismissedProposal.objects.count() <= 1
    with clock.at(now + timedelta(minutes=1)):
        keys = [one.key for one in proposals_for(town.viewer("community_chief"), town.areas["east"])]
    assert any(key.startswith("weather:") for key in keys)
    assert any(key.startswith("pattern:02.4:") for key in keys)
