"""The office's search finds what a line shows, in every script, and leans on its index."""

import pytest
from django.db import connection

from shige.matters.commands import file_matter
from shige.matters.models import Matter
from shige.matters.queries import Chosen, matter_list
from shige.matters.queries.narrowing import words_in
from shige.trust.gate import PUBLIC

from .town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LAMP = "𠮷祥苑3栋A座路灯不亮，〇号杆，旁边停着大众途观，彝文ꆈꌠ"


def filed(town: Town, words: str = LAMP, category: str = "02.1") -> Matter:
    return file_matter(PUBLIC, report(words, category=category, place=town.place("micro"))).matter


def found(town: Town, text: str) -> bool:
    return bool(matter_list(town.viewer("community_chief"), Chosen(text=text)).rows)


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
    row = matter_list(town.viewer("community_chief"), Chosen()).rows[0]
    for name in (row.category_name, row.owner, row.grid, row.state_label, row.number):
        assert name and found(town, name), name
    assert found(town, f"{row.owner} 看看") and not found(town, f"{row.owner} 井盖")
    Matter.objects.filter(pk=matter.pk).update(state="in_hand")
    assert not found(town, row.state_label)


def test_the_words_of_a_confidential_matter_are_found_by_nobody(town: Town) -> None:
    filed(town, "楼上邻居每晚拖家具", "05.4")
    assert not found(town, "家具") and found(
        town, matter_list(town.viewer("community_chief"), Chosen()).rows[0].number
    )


def test_a_name_costs_one_statement(town: Town, django_assert_max_num_queries: object) -> None:
    filed(town)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        matter_list(town.viewer("community_chief"), Chosen(text="路灯 网格 待受理"))


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
        query = " & ".join(words_in("𠮷祥苑"))
        cursor.execute("EXPLAIN SELECT id FROM matters_matter WHERE search @@ %s::tsquery", [query])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "matter_search" in plan, plan
    assert Matter.objects.filter(search__answers=query).count() == 1
