"""How many grids of a level have no organisation, by community, as far as the viewer may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from shige.redline.line.line import CommunityCoverage
from shige.redline.line.queries import coverage_by_community
from shige.redline.models import Standing
from shige.redline.organisations.commands import found
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.queries import today

from ..conftest import STREET_CODE, Town, serving


@pytest.fixture
def tied(town: Town, officer: Viewer) -> Standing:
    """Give one of the two general grids an organisation."""
    return found(officer, "党支部", "community_cadres", town["north"].pk)


def test_grids_without_an_organisation_are_counted(tied: Standing, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = coverage_by_community(SYSTEM, "general")
    assert found == [CommunityCoverage("yulan", STREET_CODE, 2, 1)]


def test_a_closed_organisation_counts_for_nothing(tied: Standing) -> None:
    Standing.objects.filter(pk=tied.pk).update(valid=DateRange(today() - timedelta(days=9), today()))
    assert coverage_by_community(SYSTEM, "general")[0].without == 2


def test_everybody_sees_their_own_places_alone(town: Town, tied: Standing) -> None:
    elsewhere = town.add("elsewhere", "street", "510199002000", "district")
    assert coverage_by_community(serving("street_officer", elsewhere), "general") == []
    assert coverage_by_community(PUBLIC, "general") == []
    own = coverage_by_community(serving("street_officer", town["street"]), "general")
    assert [row.grids for row in own] == [2]
