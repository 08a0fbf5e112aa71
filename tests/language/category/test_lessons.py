"""What a suggestion learns from: no danger, no accusation, no text twice in teaching and testing."""

import csv
from pathlib import Path

import pytest

from shige.language.category.examples import labels_of
from shige.language.category.lessons import first_lessons, learnable, mark_of, of_matters
from shige.language.grams import grams
from shige.profile.loader import load

CHENGDU = load("chengdu")
LABELS = Path(__file__).parents[4] / "shared" / "data" / "fixtures" / "petition_labels_3level.csv"


def test_chinese_falls_into_runs_and_latin_into_words_and_pairs() -> None:
    assert grams("路灯坏") == ["路", "灯", "坏", "路灯", "灯坏", "路灯坏"]
    assert grams("Street light, 3 days!") == ["street", "light", "street light", "days", "light days"]
    assert grams("坏 light 了") == ["坏", "light", "了"]
    assert grams("😀 138 ？") == []


def test_every_category_of_the_reviewed_labels_is_one_of_ours() -> None:
    leaves = {leaf.code for leaf in CHENGDU.leaf_categories}
    labels = labels_of(CHENGDU)
    assert set(labels) <= leaves and set(labels) <= learnable(CHENGDU)
    paths = [path for held in labels.values() for path in held]
    assert len(paths) == len(set(paths)) > 150


def test_every_reviewed_label_is_a_real_one() -> None:
    if not LABELS.exists():
        pytest.skip("the shared data is absent: ../shared/data/fixtures/petition_labels_3level.csv")
    with LABELS.open(encoding="utf-8") as file:
        real = {"/".join(row) for row in csv.reader(file)}
    assert {path for held in labels_of(CHENGDU).values() for path in held} <= real


def test_a_profile_without_texts_learns_from_its_table() -> None:
    assert {lesson.source for lesson in first_lessons(load("generic"))} == {"table"}


def test_what_endangers_or_accuses_is_never_learned() -> None:
    """P3, P4."""
    taught = {lesson.code for lesson in first_lessons(CHENGDU)}
    assert taught == learnable(CHENGDU)
    assert not taught & {"05.6", "08.7", "12.5", "11.3", "11.4"}
    assert of_matters([("老公打我", "05.6", True), ("网格员收钱", "11.3", False)], CHENGDU) == []


def test_another_text_gives_another_mark() -> None:
    lessons = first_lessons(CHENGDU)
    assert mark_of(lessons) == mark_of(first_lessons(load("chengdu"))) != mark_of(lessons[1:])


def test_what_tells_the_same_is_one_group_and_a_correction_counts_twice() -> None:
    told = [
        ("玉林院子三单元楼道灯坏了半个月", "02.1", False),
        ("东风院子三单元楼道灯坏了半个月", "02.1", True),
        ("门口路灯不亮", "02.1", False),
        ("玉林院子三单元楼道灯坏了半个月", "03.4", False),
    ]
    lessons = of_matters(told, CHENGDU)
    assert [lesson.group for lesson in lessons] == [0, 0, 1, 2]
    assert [lesson.weight for lesson in lessons] == [1.0, 2.0, 1.0, 1.0]
