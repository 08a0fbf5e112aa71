"""A hazard that somebody said to be none is an ordinary matter, open to whoever mends it (P4)."""

import pytest

from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.trust.gate import PUBLIC
from tests.matters.town import Town, report

pytestmark = pytest.mark.django_db

DISMISSED = Answers("none", no_emergency=True)
HAZARDS = ["下水道堵起了，污水漫到巷巷头", "有人落水了", "有人晕倒了，叫不醒"]


def filed(town: Town, words: str, answers: Answers, category: str | None = None) -> Matter:
    given = report(words, place=town.place("micro"), answers=answers, category=category)
    return file_matter(PUBLIC, given).matter


@pytest.mark.parametrize("words", HAZARDS)
@pytest.mark.parametrize("category", ["02.4", "11", None])
def test_what_was_dismissed_is_ordinary_and_open(town: Town, words: str, category: str | None) -> None:
    matter = filed(town, words, DISMISSED, category)
    assert (matter.kind, matter.sealed, matter.tier != "X") == ("ordinary", 0, True)
    assert category in (None, matter.category)


def test_what_was_not_dismissed_is_still_danger_to_life(town: Town) -> None:
    assert filed(town, "有人落水了", Answers("")).category == "12.5"
    assert filed(town, "有人落水了", Answers("none")).category == "12.5"


def test_danger_to_persons_is_looked_at_all_the_same(town: Town) -> None:
    assert filed(town, "老公打我，有人落水了", DISMISSED, "02.4").sealed


def test_whoever_chooses_danger_to_life_is_believed(town: Town) -> None:
    assert filed(town, "有人落水了", DISMISSED, "12.5").kind == "guarded"
