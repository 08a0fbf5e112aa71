"""The ground of these tests: a small town."""

from collections.abc import Iterator

import pytest

from shige.matters import clock
from tests.imprint import Imprint
from tests.matters.town import WEDNESDAY, Town


@pytest.fixture
def town(db: None, small_town: Imprint[Town]) -> Town:
    """Put the small town into the database."""
    return small_town.put()


@pytest.fixture
def morning() -> Iterator[None]:
    """Let everything happen on a Wednesday at ten."""
    with clock.at(WEDNESDAY):
        yield
