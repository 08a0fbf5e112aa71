"""The ground of these tests: a small town."""

import pytest

from tests.matters.town import Town, build


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()
