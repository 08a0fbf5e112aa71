"""The sample's things are registered, inspected and heard of through the very commands of the office."""

from datetime import UTC, datetime

import pytest

from shige.assets.models.device import DeviceEvent
from shige.assets.models.inspection import Inspection
from shige.matters.models import Matter
from shige.rehearsal.things import put_things
from shige.sample.things import things
from shige.territory.models import Thing
from shige.trust.jurisdiction import profile
from tests.matters.town import build

pytestmark = pytest.mark.django_db


def test_things_are_inspected_and_devices_report() -> None:
    build()
    assert put_things(datetime(2026, 9, 9, 4, 0, tzinfo=UTC)) == Thing.objects.count() == 4
    assert Inspection.objects.filter(defect=True).count() == 1
    outcomes = DeviceEvent.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["kept", "filed", "added", "cleared", "kept"]
    assert sorted(Matter.objects.values_list("source", flat=True)) == ["device", "inspection"]


def test_every_kind_is_known_to_the_profile() -> None:
    told, devices = things()
    assert all(profile().thing_kind(one.kind) for one in told)
    assert all(profile().category(device.rule[2]) for device in devices)
