"""The town of the tests with secretaries and an overseer, and an organisation of its first community."""

import pytest

from tests.matters.town import Town

from .made import organisation_for


@pytest.fixture
def staffed(town: Town) -> Town:
    """Add a secretary to each community, and an overseer, to the town."""
    town.appoint("secretary", "community_secretary", "east")
    town.appoint("secretary2", "community_secretary", "west")
    town.appoint("overseer", "party_overseer", "street")
    return town


@pytest.fixture
def east(staffed: Town) -> int:
    """An organisation of the first community."""
    return organisation_for(staffed.areas["east"])
