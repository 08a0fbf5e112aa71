"""Danger to persons is for the post that has it and the trained one: no list tells a home (P4)."""

from datetime import UTC, datetime, timedelta

import pytest

from shige.insight.commands import advance
from shige.insight.guarded import cases_seen, guarded_months
from shige.matters import clock
from shige.matters.danger import Answers
from shige.matters.desk.queries.board import board_of
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.handling.queries.alike import beside_matter
from shige.matters.lists.commands.telephone import find_by_phone
from shige.matters.lists.queries.filters import ALL, MatterFilter
from shige.matters.lists.queries.map import spots
from shige.matters.lists.queries.page import matter_list
from shige.matters.models import Matter
from shige.matters.visibility.queries.sight import who_sees
from shige.matters.workflow.actors import seen_by
from shige.profile import GUARDED
from shige.profile.loader import load
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import OutboxMessage
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

VIOLENCE = "05.6"
OTHERS = (
    "micro_worker", "fulltime_worker", "community_chief", "street_officer", "street_leader", "department",
    "mediation_committee", "district_centre",
)  # fmt: skip


def violence(town: Town, category: str = VIOLENCE, words: str = "他动手打人", **given: object) -> Matter:
    """File violence at a home; with the writer's yes the police have it."""
    place, said = town.place("micro"), Answers(police=True)
    return file_matter(PUBLIC, report(words, category=category, place=place, answers=said, **given)).matter


def sees(town: Town, who: str) -> bool:
    return Matter.objects.filter(seen_by(town.viewer(who))).exists()


def test_only_its_post_and_the_trained_one_see_it(town: Town) -> None:
    matter = violence(town)
    assert (town.owner(matter), matter.sealed) == ("department2", 1)
    assert not any(sees(town, who) for who in OTHERS)
    assert sees(town, "department2") and sees(town, "service_centre")
    assert {one.post for one in who_sees(SYSTEM, matter)[0]} == {
        "district department2",
        "street service_centre",
    }


@pytest.mark.parametrize("who", OTHERS)
def test_no_page_of_anybody_else_tells_that_it_is_there(town: Town, who: str) -> None:
    matter = violence(town)
    name = profile().category(VIOLENCE).name.in_language("en")
    client = signed_in(town, who)
    for path in (
        "",
        "matters/",
        "board/",
        "morning/",
        "desk/",
        "matters/export.csv",
        f"matters/{matter.number}/",
    ):
        answer = client.get(f"/office/{path}")
        if answer.status_code == 200:
            page = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert matter.number not in page.decode()
    rows = client.get("/office/matters/", {"category": VIOLENCE, "state": ALL}).content.decode()
    assert matter.number not in rows and f">{name}<" not in rows.replace("<option", "")


@pytest.mark.parametrize("category", ["05.6", "08.7", "12.5"])
def test_every_danger_to_persons_is_out_of_sight_also_where_its_words_are_plain(
    town: Town, category: str
) -> None:
    matter = violence(town, category, "请尽快来看一下")
    assert (matter.kind, matter.sealed) == (GUARDED, 1)
    assert not any(sees(town, who) for who in OTHERS)


def test_whatever_hides_its_place_is_found_by_no_building(town: Town) -> None:
    """Somebody missing, a request about data: seen in the area, and nobody searches a house for it."""
    hiding = [
        leaf.code
        for source in ("chengdu", "generic")
        for leaf in load(source).leaf_categories
        if leaf.never_mediate and leaf.confidential and leaf.kind not in (GUARDED, "complaint")
    ]
    assert hiding == ["08.6", "11.5", "03.3"]
    matter = violence(town, "08.6", "老人出门没有回来")
    viewer = town.viewer("street_officer")
    for text in ("玉兰路1号", "玉兰路", "老人"):
        assert not matter_list(viewer, MatterFilter(state=ALL, text=text)).rows
    assert [row.number for row in matter_list(viewer, MatterFilter(text=matter.number)).rows] == [
        matter.number
    ]


@pytest.mark.parametrize(
    "words",
    [
        "家里闻到煤气味",
        "小区电梯困人了",
        "路口的井盖不见了",
        "楼下车棚着火了",
        "门口的铁门漏电，手一摸就麻",
        "院子围墙垮了一截",
    ],
)
def test_a_public_hazard_stays_in_sight_on_the_map_and_among_duplicates(town: Town, words: str) -> None:
    place = town.place("micro")
    first, second = (file_matter(PUBLIC, report(words, place=place)).matter for _ in range(2))
    assert all(sees(town, who) for who in ("micro_worker", "street_officer", "district_centre"))
    officer = town.viewer("street_officer")
    rows = matter_list(officer, MatterFilter(state=ALL, text="玉兰路")).rows
    assert {row.number for row in rows} == {first.number, second.number} and all(row.place for row in rows)
    assert sum(spot.count for spot in spots(officer, MatterFilter(), (-180, -90, 180, 90), 18)) == 2
    assert [one.row.number for one in beside_matter(officer, second).alike] == [first.number]


@pytest.mark.parametrize("text", ["玉兰路1号", "玉兰路", "micro", "general", "east"])
def test_its_place_finds_it_for_nobody(town: Town, text: str) -> None:
    violence(town)
    for who in ("service_centre", "department2"):
        assert not matter_list(town.viewer(who), MatterFilter(state=ALL, category=VIOLENCE, text=text)).rows


def test_no_word_of_its_place_stands_among_the_search_words(town: Town) -> None:
    matter = violence(town)
    plain = file_matter(PUBLIC, report(place=town.place("micro"))).matter
    words = dict(Matter.objects.values_list("pk", "search"))
    inside = [f"#a{area}" for area in (matter.leaf_id, matter.general_id, matter.community_id)]
    for word in ("玉兰", "兰路", *inside):
        assert f"'{word}'" in words[plain.pk] and f"'{word}'" not in words[matter.pk]


def test_a_filter_by_grid_does_not_find_it_and_its_number_does(town: Town) -> None:
    matter, viewer = violence(town), town.viewer("service_centre")
    for name in ("micro", "general", "east"):
        assert not matter_list(viewer, MatterFilter(state=ALL, grid=town.areas[name].pk)).rows
    for chosen in (MatterFilter(text=matter.number), MatterFilter(category=VIOLENCE), MatterFilter()):
        assert [row.number for row in matter_list(viewer, chosen).rows] == [matter.number]


def test_it_is_on_no_map_and_among_no_likely_same_ones(town: Town) -> None:
    matter, other = violence(town), violence(town)
    assert not beside_matter(town.viewer("service_centre"), matter).alike
    spots = signed_in(town, "service_centre").get(
        "/office/matters/map/spots.json", {"bbox": "103.9,29.9,104.2,30.2", "zoom": "18"}
    )
    assert matter.number not in spots.content.decode() and other.number not in spots.content.decode()
    assert "104.00" not in spots.content.decode()


def test_a_telephone_finds_it_for_the_trained_post_only(town: Town) -> None:
    violence(town, phone="13812345678")
    assert find_by_phone(town.viewer("service_centre"), "13812345678", "回访")
    assert not find_by_phone(town.viewer("street_officer"), "13812345678", "回访")


def test_the_post_above_sees_what_nobody_took(town: Town) -> None:
    matter = violence(town)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        remind_due(SYSTEM)
        assert sees(town, "district_centre") and not sees(town, "street_officer")
    told = OutboxMessage.objects.filter(kind="matter.late_below", subject_id=matter.number)
    assert told.filter(receiver=town.persons["district_centre"]).exists()


def test_counts_of_other_people_leave_it_out(town: Town) -> None:
    violence(town)
    for step in (sequence, advance):
        step()
    for who, count in (
        ("service_centre", 1),
        ("street_officer", 0),
        ("community_chief", 0),
        ("district_centre", 0),
    ):
        assert cases_seen(town.viewer(who)).count() == count
    assert "05" not in str(board_of(town.viewer("street_officer")))


def test_a_street_reads_how_many_there_were_in_a_whole_month_once_they_are_enough(town: Town) -> None:
    street, k = town.areas["street"], profile().suppress_under
    begin, end = (datetime(2026, month, 1, tzinfo=UTC) - timedelta(hours=8) for month in (9, 10))
    for count in range(1, k + 1):
        violence(town)
        for step in (sequence, advance):
            step()
        told = guarded_months(street, begin, end)
        assert [month.count for month in told] == ([] if count < k else [k])
    assert not guarded_months(street, begin + timedelta(days=1), end)
    assert not guarded_months(street, begin, end - timedelta(days=1))
    assert not guarded_months(town.areas["east"], begin, end)
