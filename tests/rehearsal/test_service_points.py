"""The sample's service points stand in every community, open and with something on offer (R13)."""

import pytest
from django.utils import timezone

from shige.rehearsal.service_points import open_points
from shige.service_points.models import Closure, Offer, OpenHours, ServicePoint
from tests.matters.town import build

pytestmark = pytest.mark.django_db


def test_every_community_has_its_points() -> None:
    build()
    assert open_points(timezone.now()) == ServicePoint.objects.count() == 8
    assert OpenHours.objects.exists() and Offer.objects.exists() and Closure.objects.count() == 1
