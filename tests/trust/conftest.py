"""A street with a community and two grids, and somebody in a post of each."""

import pytest

from tests.places import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Give a small town with a team."""
    return make_town()
