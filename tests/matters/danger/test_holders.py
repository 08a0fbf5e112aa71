"""Words that name whoever serves there are kept from their chain, as words about staff are (P3)."""

import pytest

from shige.matters.assignment.peers import peers
from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import set_place
from shige.matters.handling.commands.transfer import pass_on, pass_up, return_down
from shige.matters.handling.queries.detail import sees
from shige.matters.models import Matter
from shige.matters.sealing.commands.guard import release
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Person
from shige.trust.queries import messages_for

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


@pytest.mark.parametrize(
    ("words", "sealed"),
    [
        ("小刘收了我两百块钱不办事", True),
        ("刘姐收了我两百块钱不办事", True),
        ("刘某某骂人", True),
        ("楼上小刘半夜骂人", False),
        ("小刘家收了我的快递不还", False),
        ("小刘半夜唱歌吵得很", False),
        ("刘师傅收了钱水管没修好", False),
        ("谢谢小刘帮忙", False),
        ("小王收了我两百块钱不办事", False),
    ],
)
def test_whoever_is_blamed_as_neighbours_call_them_is_meant(named: Town, words: str, sealed: bool) -> None:
    found = file_matter(PUBLIC, report(words, place=named.place("micro"), category="01.1"))
    assert bool(found.matter.sealed) is sealed
    assert sees(named.viewer("micro_worker"), found.matter.number) is not sealed


@pytest.mark.parametrize("words", [SAID, "微网格员刘仁杰态度恶劣"])
def test_whoever_is_named_knows_nothing_of_it_once_it_is_released(named: Town, words: str) -> None:
    number = file_matter(PUBLIC, report(words, place=named.place("micro"), category="01.1")).matter.number
    assert release(SYSTEM, number, "说的是垃圾", "01.1").sealed == 0
    assert not sees(named.viewer("micro_worker"), number)
    assert sees(named.viewer("fulltime_worker"), number) and sees(named.viewer("community_chief"), number)


def test_nor_is_it_given_to_them(named: Town) -> None:
    Person.objects.filter(pk=named.persons["fulltime_worker"].pk).update(service_name="欧阳正清")
    words = "欧阳正清拿了楼上的好处，垃圾没人收"
    number = file_matter(PUBLIC, report(words, place=named.place("micro"), category="01.1")).matter.number
    after = release(SYSTEM, number, "说的是垃圾", "01.1")
    assert named.owner(after) == "community_chief"
    assert not messages_for(named.viewer("fulltime_worker"))


def test_nor_of_what_names_them_later_in_a_sealed_matter(named: Town) -> None:
    filed = file_matter(PUBLIC, report("微网格员态度恶劣", place=named.place("micro"), category="01.1"))
    add_words(PUBLIC, filed.tracking_code, SAID)
    assert release(SYSTEM, filed.matter.number, "说的是垃圾", "01.1").sealed == 0
    assert not sees(named.viewer("micro_worker"), filed.matter.number)


@pytest.mark.parametrize(
    ("words", "sealed"),
    [
        ("我叫刘仁杰，玉兰路1号", False),
        ("你好，我叫刘仁杰，住玉兰路1号，路灯不亮了", False),
        ("我是刘仁杰，家住海棠苑三栋", False),
        ("我叫刘仁杰，半天不来", True),
        ("我叫刘仁杰来修，玉兰路1号", True),
        ("我叫刘仁杰，玉兰路1号的，他半天不来", True),
        ("我叫王小明，住玉兰路1号，刘仁杰收了钱", True),
    ],
)
def test_whoever_says_who_they_are_and_where_they_live_complains_of_nobody(
    named: Town, words: str, sealed: bool
) -> None:
    filed = file_matter(PUBLIC, report(words, place=named.place("micro"), category="02.1"))
    assert bool(filed.matter.sealed) is sealed


def test_a_reproach_by_name_from_the_next_grid_is_kept_from_whoever_bears_it(named: Town) -> None:
    found = file_matter(PUBLIC, report("刘仁杰收了我两百块钱，请处理", place=named.place("micro3")))
    assert found.matter.sealed == 1
    assert not sees(named.viewer("micro_worker"), found.matter.number)


def test_words_are_judged_again_where_a_place_is_set(named: Town) -> None:
    found = file_matter(
        PUBLIC, report("刘仁杰家门口的灯不亮了", place=named.place("micro3"), category="01.1")
    )
    assert found.matter.sealed == 0
    Matter.objects.filter(pk=found.matter.pk).update(leaf=None, general=None, community=None)
    after = set_place(named.viewer("street_officer"), found.matter.number, named.place("micro"))
    assert after.sealed == 1 and named.owner(after) != "micro_worker"
    assert not sees(named.viewer("micro_worker"), found.matter.number)


LAMP = "刘仁杰家门口的灯不亮了"
"""Words that name somebody: nobody is blamed elsewhere in the street, but in the own grid one may be."""


def call(town: Town, who: str) -> None:
    """Give a person the name that ``LAMP`` tells, after it was said."""
    Person.objects.filter(pk=town.persons[who].pk).update(service_name="刘仁杰")


def is_kept_from(town: Town, who: str, after: Matter) -> bool:
    """Say whether a matter was sealed, and neither given to a person nor shown to them."""
    after.refresh_from_db()
    return after.sealed == 1 and town.owner(after) != who and not sees(town.viewer(who), after.number)


def test_it_is_not_passed_on_to_whoever_it_names(town: Town) -> None:
    found = file_matter(PUBLIC, report(LAMP, place=town.place("micro"), category="10.1")).matter
    assert (found.sealed, town.owner(found)) == (0, "micro_worker")
    other = next(post for post in peers(found))
    who = next(name for name, post in town.posts.items() if post.pk == other.pk)
    call(town, who)
    pass_on(town.viewer("community_chief"), found.number, other.pk, "在隔壁网格")
    assert is_kept_from(town, who, found)


def test_nor_returned_to_or_passed_up_to_them(town: Town) -> None:
    found = file_matter(PUBLIC, report(LAMP, place=town.place("micro"), category="10.1")).matter
    pass_up(town.viewer("micro_worker"), found.number, "需要协调")
    call(town, "micro_worker")
    return_down(town.viewer("fulltime_worker"), found.number, "网格能办")
    assert is_kept_from(town, "micro_worker", found)
    other = file_matter(PUBLIC, report("灯不亮了", place=town.place("micro"), category="10.1")).matter
    Matter.objects.filter(pk=other.pk).update(words=LAMP.replace("刘仁杰", "欧阳正清"))
    Person.objects.filter(pk=town.persons["fulltime_worker"].pk).update(service_name="欧阳正清")
    pass_up(town.viewer("micro_worker"), other.number, "需要协调")
    assert is_kept_from(town, "fulltime_worker", other)


def test_nor_sorted_into_their_hands(town: Town) -> None:
    found = file_matter(PUBLIC, report(LAMP, place=town.place("micro"), category="02.1")).matter
    assert town.owner(found) != "micro_worker"
    call(town, "micro_worker")
    sort(town.viewer("community_chief"), found.number, "10.1")
    assert is_kept_from(town, "micro_worker", found)


def test_nor_theirs_once_it_is_released(town: Town) -> None:
    filed = file_matter(PUBLIC, report(f"{LAMP}，网格员态度恶劣", place=town.place("micro"), category="10.1"))
    call(town, "micro_worker")
    release(SYSTEM, filed.matter.number, "说的是灯", "10.1")
    assert is_kept_from(town, "micro_worker", filed.matter)
    after = release(SYSTEM, filed.matter.number, "说的是灯", "10.1")
    assert after.sealed == 0 and town.owner(after) != "micro_worker"
    assert not sees(town.viewer("micro_worker"), after.number)


def test_whoever_is_thanked_may_have_it(town: Town) -> None:
    words = "谢谢刘仁杰上次来修，灯又不亮了"
    found = file_matter(PUBLIC, report(words, place=town.place("micro"), category="10.1")).matter
    pass_up(town.viewer("micro_worker"), found.number, "需要协调")
    call(town, "micro_worker")
    after = return_down(town.viewer("fulltime_worker"), found.number, "网格能办")
    assert (after.sealed, town.owner(after)) == (0, "micro_worker")
