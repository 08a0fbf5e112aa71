"""The office sees what may be the same, merges it with one click, and links what belongs together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.links import relate, unrelate
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.queries.alike import Beside, beside_matter, likeness
from shige.matters.models import Matter, Relation
from shige.matters.neighbours.commands import join
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Place
from shige.trust.gate import PUBLIC
from tests.matters.handling.test_pages import signed_in

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, words: str, category: str = "02.1", grid: str = "micro") -> Matter:
    """File a matter in a grid's building."""
    return file_matter(PUBLIC, report(words, place=town.place(grid), category=category)).matter


def seen(town: Town, matter: Matter, who: str = "community_chief") -> Beside:
    """Return what belongs to a matter as somebody sees it."""
    return beside_matter(town.viewer(who), Matter.objects.get(pk=matter.pk))


def numbers(rows: object) -> list[str]:
    """Return the numbers of what is listed."""
    return [getattr(one, "row", one).number for one in rows]  # type: ignore[attr-defined]


def test_two_tellings_of_one_thing_are_alike_and_others_are_not() -> None:
    assert likeness("三单元楼道灯坏了半个月", "楼道灯坏了，三单元晚上很黑") > 0.2
    assert likeness("三单元楼道灯坏了", "消防通道停着几辆车") < 0.1
    assert likeness("", "灯") == likeness("😀", "😀") == 0.0


def test_what_may_be_the_same_is_suggested_the_likeliest_first(town: Town) -> None:
    other = filed(town, "小区大门口的照明需要改造")
    same = filed(town, "三单元楼道灯坏了半个月")
    new = filed(town, "楼道灯坏了，三单元晚上很黑")
    found = seen(town, new).alike
    assert numbers(found) == [same.number, other.number]
    assert [one.words for one in found] == [True, False] and all(one.older for one in found)
    assert not seen(town, other).alike[0].older


def test_other_places_kinds_and_months_are_not_suggested(town: Town) -> None:
    new = filed(town, "楼道灯坏了")
    filed(town, "楼道灯坏了", grid="micro2")
    filed(town, "楼道灯坏了", category="02.2")
    with clock.at(WEDNESDAY + timedelta(days=31)):
        filed(town, "楼道灯坏了")
    assert seen(town, new).alike == ()


def test_nothing_is_merged_by_itself(town: Town) -> None:
    filed(town, "楼道灯坏了")
    filed(town, "楼道灯坏了")
    assert not Matter.objects.exclude(merged_into=None).exists()


def test_words_of_confidential_matters_are_not_compared(town: Town) -> None:
    """P6: only the text that somebody wrote for it is."""
    first, second = (filed(town, "楼下广场舞太吵", category="04.2") for _time in range(2))
    (one,) = seen(town, second).alike
    assert not one.words
    Matter.objects.filter(pk__in=[first.pk, second.pk]).update(gist="广场舞晚上的音量")
    assert seen(town, second).alike[0].words


@pytest.mark.parametrize("who", ["micro_worker", "fulltime_worker", "community_chief"])
def test_the_chain_finds_nothing_of_a_complaint_beside_its_own_matters(town: Town, who: str) -> None:
    """P3: neither as alike nor as linked; nor does its place tell the street which two are of one place."""
    own = filed(town, "网格员说要换灯")
    first, second = (filed(town, "网格员态度恶劣", category="11.3") for _time in range(2))
    officer = town.viewer("street_officer")
    relate(officer, own.number, first.number, "同一件事")
    found = seen(town, own, who)
    assert (found.alike, found.related) == ((), ())
    assert numbers(seen(town, own, "street_officer").related) == [first.number]
    assert seen(town, first, "street_officer").alike == ()
    with pytest.raises(ValidationError):  # each is heard on its own
        merge(officer, second.number, first.number, "同一件事")


def test_another_street_sees_nothing_of_it(town: Town) -> None:
    new = filed(town, "楼道灯坏了")
    filed(town, "楼道灯坏了")
    assert seen(town, new, "community_chief2").alike == ()


def test_it_takes_five_statements(town: Town, django_assert_num_queries: object) -> None:
    new = filed(town, "楼道灯坏了")
    viewer = town.viewer("community_chief")
    for _time in range(4):
        filed(town, "楼道灯坏了")
    with django_assert_num_queries(5):  # type: ignore[operator]
        beside_matter(viewer, new)


def test_a_link_shows_on_both_pages_and_is_taken_back(town: Town) -> None:
    lamp, path = filed(town, "楼道灯坏了"), filed(town, "路面有坑", category="01.3")
    chief = town.viewer("community_chief")
    relate(chief, path.number, lamp.number, "施工挖断了线，电话13812345678")
    assert numbers(seen(town, lamp).related) == [path.number]
    assert seen(town, path).related[0].reason == "施工挖断了线，电话***********"
    relate(chief, lamp.number, path.number, "再来一次")
    assert Relation.objects.count() == 1
    unrelate(chief, lamp.number, path.number)
    assert seen(town, path).related == ()


@pytest.mark.parametrize(("other", "reason"), [("self", "同一"), ("20200101-000001", "同一"), ("path", " ")])
def test_what_cannot_be_linked_is_refused(town: Town, other: str, reason: str) -> None:
    lamp, path = filed(town, "楼道灯坏了"), filed(town, "路面有坑", category="01.3")
    number = {"self": lamp.number, "path": path.number}.get(other, other)
    with pytest.raises(ValidationError):
        relate(town.viewer("community_chief"), lamp.number, number, reason)


def test_only_whoever_handles_it_links_it(town: Town) -> None:
    lamp, path = filed(town, "楼道灯坏了"), filed(town, "路面有坑", category="01.3")
    with pytest.raises(PermissionDenied):
        relate(town.viewer("micro_worker"), lamp.number, path.number, "同一")


def test_the_form_to_merge_is_one_click_away_and_filled(town: Town) -> None:
    old, new = filed(town, "楼道灯坏了"), filed(town, "楼道灯坏了")
    browser = signed_in(town, "community_chief")
    page = browser.get(f"/office/matters/{new.number}/").content.decode()
    assert f'name="into" value="{old.number}"' in page
    browser.post(f"/office/matters/{new.number}/do/merge/", {"into": old.number, "note": "同一盏灯"})
    assert Matter.objects.get(pk=new.pk).merged_into_id == old.pk
    assert new.number in browser.get(f"/office/matters/{old.number}/").content.decode()
    assert old.number in browser.get(f"/office/matters/{new.number}/").content.decode()


def test_from_the_older_one_the_newer_one_is_merged(town: Town) -> None:
    old, new = filed(town, "楼道灯坏了"), filed(town, "楼道灯坏了")
    page = signed_in(town, "community_chief").get(f"/office/matters/{old.number}/").content.decode()
    assert f"/office/matters/{new.number}/do/merge/" in page and f'name="into" value="{old.number}"' in page


def test_who_cannot_merge_gets_no_form(town: Town) -> None:
    filed(town, "垃圾没人收", category="01.1")
    new = filed(town, "垃圾没人收", category="01.1")
    page = signed_in(town, "fulltime_worker").get(f"/office/matters/{new.number}/").content.decode()
    assert "Perhaps the same" in page or "可能是同一件" in page
    assert "do/merge/" not in page


def test_links_are_made_and_taken_back_on_the_page(town: Town) -> None:
    lamp, path = filed(town, "楼道灯坏了"), filed(town, "路面有坑", category="01.3")
    browser = signed_in(town, "community_chief")
    browser.post(f"/office/matters/{lamp.number}/link/", {"other": path.number, "reason": "同一处施工"})
    assert "同一处施工" in browser.get(f"/office/matters/{path.number}/").content.decode()
    browser.post(f"/office/matters/{path.number}/unlink/{lamp.number}/")
    assert not Relation.objects.exists()
    browser.post(f"/office/matters/{lamp.number}/link/", {"other": "", "reason": ""})
    assert not Relation.objects.exists()


def test_links_of_what_is_not_seen_are_not_found(town: Town, client: Client) -> None:
    lamp = filed(town, "楼道灯坏了", grid="micro3")
    browser = signed_in(town, "community_chief")
    assert (
        browser.post(f"/office/matters/{lamp.number}/link/", {"other": "x", "reason": "y"}).status_code == 404
    )
    assert client.post(f"/office/matters/{lamp.number}/link/").status_code == 302


def test_the_office_reads_how_many_follow(town: Town) -> None:
    """Plainly: whoever sees the matter may count those who joined (decision 7)."""
    matter = filed(town, "楼道灯坏了")
    place = Place(building=town.buildings["micro"].pk)
    (one,) = known_nearby("02.1", place)
    for key in ("a", "b"):
        join(PUBLIC, "02.1", place, one.reference, key)
    assert seen(town, matter).followers == 2
    filed(town, "楼道灯坏了")
    page = signed_in(town, "community_chief").get(f"/office/matters/{matter.number}/").content.decode()
    assert "2 more residents" in page or "另有 2 位居民" in page
