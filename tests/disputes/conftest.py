"""The ground of these tests: a small town."""

from collections.abc import Iterator

import pytest

from shige.matters import clock
from tests.matters.town import WEDNESDAY, Town, build


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()


@pytest.fixture
def morning() -> Iterator[None]:
    """Let everything happen on a Wednesday at ten."""
    with clock.at(WEDNESDAY):
        yield
