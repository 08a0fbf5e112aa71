"""How many grids of a level have no organisation, by community, as far as the viewer may see."""

from typing import Any

import pytest
from django.utils import timezone

from shige.redline.commands import add_organisation
from shige.redline.line import CommunityCoverage
from shige.redline.models import Organisation
from shige.redline.queries import coverage_by_community
from shige.trust.gate import PUBLIC, SYSTEM, Viewer

from .conftest import STREET_CODE, Town, serving


@pytest.fixture
def tied(town: Town, officer: Viewer) -> Organisation:
    """Give one of the two general grids an organisation."""
    return add_organisation(officer, "党支部", "community_cadres", town["north"].pk)


def test_grids_without_an_organisation_are_counted(
    tied: Organisation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = coverage_by_community(SYSTEM, "general")
    assert found == [CommunityCoverage("yulan", STREET_CODE, 2, 1)]


def test_a_closed_organisation_counts_for_nothing(tied: Organisation) -> None:
    Organisation.objects.filter(pk=tied.pk).update(closed_at=timezone.now())
    assert coverage_by_community(SYSTEM, "general")[0].without == 2


def test_everybody_sees_their_own_places_alone(town: Town, tied: Organisation) -> None:
    elsewhere = town.add("elsewhere", "street", "510199002000", "district")
    assert coverage_by_community(serving("street_officer", elsewhere), "general") == []
    assert coverage_by_community(PUBLIC, "general") == []
    own = coverage_by_community(serving("street_officer", town["street"]), "general")
    assert [row.grids for row in own] == [2]
