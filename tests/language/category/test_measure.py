"""A file of texts whose category somebody has said: read strictly, and counted truly."""

import pytest

from shige.language.category.measure import Case, CasesError, measured, read_cases
from shige.language.category.model import Scores
from shige.language.category.suggestion import Sorter
from shige.profile.loader import load

CHENGDU = load("chengdu")


def test_comments_and_empty_lines_say_nothing() -> None:
    lines = ["# who wrote it", "", "02.1\t路灯不亮\r", "01.1\t垃圾\t满了"]
    assert read_cases(CHENGDU, lines) == [Case("02.1", "路灯不亮"), Case("01.1", "垃圾\t满了")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("02.1 路灯不亮", "line 2: write a code, a tab"),
        ("02.1\t  ", "line 2: write a code, a tab"),
        ("99.9\t路灯不亮", "line 2: “99.9” is no sub-category of chengdu"),
        ("02\t路灯不亮", "no sub-category"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, said: str) -> None:
    with pytest.raises(CasesError, match=said):
        read_cases(CHENGDU, ["02.1\t路灯不亮", line])


def test_a_file_without_cases_is_refused() -> None:
    with pytest.raises(CasesError, match="no case"):
        read_cases(CHENGDU, ["# nothing"])


def test_right_among_three_and_missed_are_counted_by_top_category() -> None:
    cases = [
        Case("02.1", "路灯不亮"),
        Case("01.2", "大件垃圾"),
        Case("01.1", "大件垃圾"),
        Case("14.3", "路灯"),
    ]
    found = measured(Sorter(CHENGDU), cases)
    assert found.all == Scores(4, 2, 3)
    assert found.tops == (("01", Scores(2, 1, 2)), ("02", Scores(1, 1, 1)), ("14", Scores(1, 0, 0)))
    assert [(miss.code, miss.suggested[0]) for miss in found.misses] == [("01.1", "01.2"), ("14.3", "02.1")]
