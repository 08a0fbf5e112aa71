"""Harm that is said in passing beside something ordinary is heard, and what only sounds so is not."""

from pathlib import Path

import pytest

from shige.language.danger import find_danger
from shige.language.examples import read_examples
from shige.language.sentences import clauses
from shige.profile.loader import load

CHENGDU = load("chengdu")
MIXED = Path(__file__).with_name("held_out") / "mixed.tsv"


def kind_of(text: str) -> str | None:
    danger = find_danger(CHENGDU, text)
    return danger.kind if danger else None


def test_what_is_said_in_passing_is_heard() -> None:
    texts = [one.text for one in read_examples(MIXED) if one.kind != "none"]
    heard = [text for text in texts if kind_of(text)]
    assert len(texts) == 57 and len(heard) >= 0.96 * len(texts), set(texts) - set(heard)


def test_its_harmless_neighbours_seldom_alarm() -> None:
    texts = [one.text for one in read_examples(MIXED) if one.kind == "none"]
    alarms = [text for text in texts if kind_of(text)]
    assert len(texts) == 85 and len(alarms) <= 0.05 * len(texts), alarms


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("楼道灯坏了，他打我的事不用管", "violence"),
        ("物业费我不想交了，反正我也不想活了", "selfharm"),
        ("小区要装充电桩吗？还有一楼那个继母又在用针戳小孩", "child"),
    ],
)
def test_harm_in_one_clause_has_its_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "污水漫到三楼楼梯口了", "水漫到人行道上，走路打湿鞋", "老妈一个人在屋头住，平时买菜不方便",
        "我爸八十岁了一个人住，子女都在外地", "楼道灯坏了，其他的事不用管",
    ],
)  # fmt: skip
def test_an_ordinary_remark_is_none(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "洪水漫到二楼了，我们困在楼上下不来",
        "独居的奶奶两天没开门，敲门没人应",
        "老妈一个人在家，儿子回来就打她",
    ],
)
def test_the_same_words_in_danger_are_heard(text: str) -> None:
    assert kind_of(text)


def test_clauses_are_those_of_all_sentences() -> None:
    apart = clauses(CHENGDU.equivalents, "路灯几时修？好，他昨晚又打我。")
    assert apart == ("路灯几时修", "他昨晚又打我")
    assert clauses(CHENGDU.equivalents, "路灯几时修？") == ()
