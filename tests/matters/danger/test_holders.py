"""Words that name whoever serves there are kept from their chain, as words about staff are (P3)."""

import pytest

from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.queries.detail import sees
from shige.matters.models import Matter
from shige.trust.gate import PUBLIC
from shige.trust.models import Person

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SAID = "刘仁杰拿了楼上的好处"


@pytest.fixture
def named(town: Town) -> Town:
    """Give the worker of the place a name as people have one."""
    Person.objects.filter(pk=town.persons["micro_worker"].pk).update(service_name="刘仁杰")
    return town


def test_a_reproach_by_name_is_sealed_from_whoever_bears_it(named: Town) -> None:
    found = file_matter(PUBLIC, report(SAID, place=named.place("micro")))
    assert found.matter.sealed == 1 and found.about_staff
    for who in ("micro_worker", "fulltime_worker", "community_chief"):
        assert not sees(named.viewer(who), found.matter.number)


def test_the_same_said_later_is_sealed_apart(named: Town) -> None:
    found = file_matter(PUBLIC, report("路灯不亮了", place=named.place("micro"), category="02.1"))
    add_words(PUBLIC, found.tracking_code, SAID)
    assert list(Matter.objects.order_by("pk").values_list("sealed", flat=True)) == [0, 1]


@pytest.mark.parametrize("words", ["谢谢刘仁杰帮忙修灯", "路灯不亮了"])
def test_thanks_and_other_words_are_not(named: Town, words: str) -> None:
    assert file_matter(PUBLIC, report(words, place=named.place("micro"))).matter.sealed == 0


def test_a_name_from_elsewhere_is_nobodys_here(named: Town) -> None:
    assert file_matter(PUBLIC, report("刘仁杰家的灯不亮了", place=named.place("micro3"))).matter.sealed == 0


@pytest.mark.parametrize("words", ["刘 仁 杰收钱", "刘人杰乱收钱", "Liu Renjie took money"])
def test_a_name_is_heard_however_it_is_written(named: Town, words: str) -> None:
    assert file_matter(PUBLIC, report(words, place=named.place("micro"), category="01.1")).matter.sealed
