"""Small trainings for the tests of the suggestion: character runs alone, which are quick."""

from collections.abc import Sequence

import pytest

from shige.language.category.features import Features, features
from shige.language.category.lessons import Lesson, of_matters
from shige.language.category.model import Model
from shige.language.category.regression import fit, rows_of
from shige.language.embedding import embedder
from shige.profile import Profile
from shige.profile.loader import load

CHENGDU = load("chengdu")


def by_runs(profile: Profile = CHENGDU) -> Features:
    """Return features of character runs alone."""
    return features(profile, embedder("grams"))


def fitted(lessons: Sequence[Lesson]) -> Model:
    """Learn lessons by character runs."""
    return fit(by_runs(), lessons, rows_of(by_runs(), lessons), "2026-09-09T02:00:00+00:00")


def matters(count: int = 60) -> list[Lesson]:
    """Return matters of two categories, each told in its own words."""
    rubbish = [
        (f"{chr(0x4E00 + 37 * n)}{chr(0x5000 + 61 * n)}处泔水桶溢了", "01.1", False) for n in range(count)
    ]
    signs = [(f"{chr(0x4E10 + 41 * n)}{chr(0x5100 + 53 * n)}的字牌歪了", "13.2", True) for n in range(count)]
    return of_matters([*rubbish, *signs], CHENGDU)


@pytest.fixture(scope="session")
def small() -> Model:
    """Learn two categories from matters."""
    return fitted(matters(20))
