"""The sample's neighbours join and link through the very commands of the program."""

import pytest

from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Relation
from shige.matters.models.follower import Follower
from shige.rehearsal.neighbours import join_and_link
from shige.trust.gate import PUBLIC
from tests.matters.town import build, report

pytestmark = pytest.mark.django_db


def test_what_neighbours_share_is_joined_and_linked() -> None:
    town = build()
    for category, grid in (("11.3", "micro"), ("05.4", "micro"), ("02.1", "micro"), ("01.1", "micro2")):
        file_matter(PUBLIC, report(category=category, place=town.place(grid)))
    assert join_and_link() == 3 == Follower.objects.count()
    assert Relation.objects.get().first.category == "02.1"


def test_an_empty_town_has_nothing_to_join() -> None:
    assert join_and_link() == 0
