"""The office's search finds what a line shows, in every script, and leans on its index."""

import pytest
from django.db import connection
from django.utils.translation import override

from shige.matters.filing.commands.filing import file_matter
from shige.matters.lists.queries.filters import MatterFilter, called_so, words_in
from shige.matters.lists.queries.named import FEW
from shige.matters.lists.queries.page import matter_list
from shige.matters.models import Matter
from shige.territory.models import Area
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Post
from tests.matters.lists.test_pages import spots_for

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LAMP = "𠮷祥苑3栋A座路灯不亮，〇号杆，旁边停着大众途观，彝文ꆈꌠ"


def filed(town: Town, words: str = LAMP, category: str = "02.1") -> Matter:
    return file_matter(PUBLIC, report(words, category=category, place=town.place("micro"))).matter


def found(town: Town, text: str) -> bool:
    return bool(matter_list(town.viewer("community_chief"), MatterFilter(text=text)).rows)


@pytest.mark.parametrize(
    "text",
    [
        "𠮷",
        "〇",
        "亮",
        "观",
        "灯",
        "3栋A座",
        "３栋ａ座",
        "A座",
        "路灯不亮",
        "ꆈꌠ",
        "途观",
        "𠮷祥苑",
        "a座 路灯",
    ],
)
def test_words_are_found_from_any_character_on(town: Town, text: str) -> None:
    filed(town)
    assert found(town, text)


def test_what_the_line_shows_by_name_is_found(town: Town) -> None:
    matter = filed(town, "请来看看")
    row = matter_list(town.viewer("community_chief"), MatterFilter()).rows[0]
    for name in (row.category_name, row.owner, row.grid, row.state_label, row.number):
        assert name and found(town, name), name
    assert found(town, f"{row.owner} 看看") and not found(town, f"{row.owner} 井盖")
    Matter.objects.filter(pk=matter.pk).update(state="in_hand")
    assert not found(town, row.state_label)


def test_one_character_of_a_name_on_the_line_is_enough(town: Town) -> None:
    filed(town, "请来看看")
    Area.objects.filter(pk=town.areas["micro"].pk).update(name="玉兰苑2号微网格")
    Post.objects.filter(pk=town.posts["fulltime_worker"].pk).update(name="东区专职岗")
    row = matter_list(town.viewer("community_chief"), MatterFilter()).rows[0]
    for shown in (row.category_name, row.owner, row.grid, row.state_label):
        for character in shown:
            assert found(town, character) or character.isascii(), (shown, character)
    assert row.grid == "玉兰苑2号微网格" and not found(town, "桂")


def test_one_character_finds_nothing_that_is_sealed_or_violence(town: Town) -> None:
    Area.objects.filter(pk=town.areas["micro"].pk).update(name="玉兰苑2号微网格")
    for category in ("04.2", "05.6", "11.3"):
        filed(town, "玉兰苑的事", category)
    for who in ("community_chief", "street_officer", "district_centre"):
        for text in ("玉", "兰", "格"):
            rows = matter_list(town.viewer(who), MatterFilter(text=text, state="all")).rows
            assert [row for row in rows if not row.place or row.sealed] == []


def many_grids(town: Town, count: int) -> None:
    """Make further areas beside the micro-grid, all of one name."""
    like = town.areas["micro"]
    Area.objects.filter(pk=like.pk).update(name="桂花微网格")
    for number in range(count):
        Area.objects.create(
            kind="grid", level="micro", code=f"{like.code[:12]}29{number:04d}", name="桂花微网格",
            sort_key="x", parent=like.parent, district=like.district, street=like.street,
            community=like.community, general=like.general,
        )  # fmt: skip


@pytest.mark.parametrize("text", ["桂", "桂花", "桂 看", "桂 灯", "桂花 待受理", "待 桂"])
def test_a_name_that_many_areas_bear_is_found_as_well(town: Town, text: str) -> None:
    filed(town, "请来看看")
    file_matter(PUBLIC, report("路灯", category="02.1", place=town.place("micro2")))
    many_grids(town, FEW + 5)
    with override("zh-hans"):
        rows = matter_list(town.viewer("community_chief"), MatterFilter(text=text)).rows
    assert [row.grid for row in rows] == ["桂花微网格"]
    page = spots_for(town, "community_chief", text=text, zoom=17)
    assert len(page) == len(rows)


def test_what_is_called_so_elsewhere_takes_no_place_from_one_s_own(town: Town) -> None:
    for number in range(FEW + 5):
        Area.objects.create(
            kind="division", level="community", code=f"51019900{number:04d}", name="桂花社区", sort_key="x"
        )
    Area.objects.filter(pk=town.areas["micro"].pk).update(name="桂花微网格")
    filed(town, "请来看看")
    viewer = town.viewer("community_chief")
    (marks,), besides = words_in(viewer, "桂花")
    assert f"'#a{town.areas['micro'].pk}'" in marks and marks.count("#a") == 1 and not besides
    assert found(town, "桂花")


def test_the_words_of_a_confidential_matter_are_found_by_nobody(town: Town) -> None:
    filed(town, "楼上邻居每晚拖家具", "05.4")
    assert not found(town, "家具") and found(
        town, matter_list(town.viewer("community_chief"), MatterFilter()).rows[0].number
    )


def test_a_name_costs_one_statement(town: Town, django_assert_max_num_queries: object) -> None:
    filed(town)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        matter_list(town.viewer("community_chief"), MatterFilter(text="路灯 网格 待受理"))


def test_the_index_answers(town: Town) -> None:
    first = filed(town)
    columns = [
        field.column for field in Matter._meta.concrete_fields
        if field.column not in ("id", "number", "tracking_digest", "idempotency_key", "search", "words")
    ]  # fmt: skip
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO matters_matter (number, tracking_digest, words, {listed})"
            " SELECT 'T' || n, decode(md5(n::text), 'hex'), '小区垃圾清运不及时第' || n || '次',"
            f" {listed} FROM matters_matter, generate_series(1, 4000) AS n WHERE id = %s",
            [first.pk],
        )
        cursor.execute("ANALYZE matters_matter")
        query = " & ".join(words_in(SYSTEM, "𠮷祥苑")[0])
        cursor.execute("EXPLAIN SELECT id FROM matters_matter WHERE search @@ %s::tsquery", [query])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "matter_search" in plan, plan
    assert Matter.objects.filter(search__answers=query).count() == 1


@pytest.mark.parametrize("part", [(0, 4), (0, 8), (0, 13), (9, None), (11, None), (5, None)])
def test_the_beginning_or_the_end_of_a_number_finds_its_matter(
    town: Town, part: tuple[int, int | None]
) -> None:
    matter = filed(town, "请来看看")
    Matter.objects.filter(pk=matter.pk).update(foreign_number="GD87654321-77")
    assert found(town, matter.number[slice(*part)])
    for piece in ("GD8765", "GD87654321-77", "4321-77", "654321-77"):
        assert found(town, piece), piece
    for piece in ("GD876", "321", "8765", "65432", matter.number[5:12], "1-77"):
        assert not found(town, piece), piece


def test_a_part_of_a_number_tells_nothing_of_what_is_sealed(town: Town) -> None:
    for category in ("04.2", "05.6", "11.3"):
        Matter.objects.filter(pk=filed(town, "玉兰苑的事", category).pk).update(foreign_number="GD87654321")
    for who in (*town.persons,):
        seen = {row.number for row in matter_list(town.viewer(who), MatterFilter(state="all")).rows}
        for text in ("GD8765", "4321", "87654321"):
            rows = matter_list(town.viewer(who), MatterFilter(text=text, state="all")).rows
            assert {row.number for row in rows} <= seen
            if not seen:
                assert called_so(town.viewer(who), text) is None


def test_more_matters_than_are_named_are_found_by_a_part_of_their_numbers(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shige.matters.lists.queries.filters.MOST_CALLED", 1)
    numbers = {filed(town, f"请来看看{number}").number for number in range(3)}
    viewer = town.viewer("community_chief")
    assert {row.number for row in matter_list(viewer, MatterFilter(text="2026")).rows} == numbers
