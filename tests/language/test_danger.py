"""Danger is found however it is typed, and says whether it is done to persons or lies in public."""

import pytest

from shige.language.danger import dangers_in, find_danger
from shige.profile import load

CHENGDU = load("chengdu")


@pytest.mark.parametrize(
    ("text", "kind", "persons"),
    [
        ("老公又打我", "violence", True),
        ("隔壁天天打娃儿", "child", True),
        ("他要自杀", "selfharm", True),
        ("有人持刀抢劫", "crime", True),
        ("家裡有煤氣味", "gas", False),
        ("我困在电梯里", "lift", False),
        ("井盖没得了", "manhole", False),
        ("高压线掉下来了", "collapse", False),
    ],
)
def test_a_danger_says_its_kind(text: str, kind: str, persons: bool) -> None:
    danger = find_danger(CHENGDU, text)
    assert danger is not None
    assert (danger.kind, danger.persons) == (kind, persons)


def test_all_dangers_of_a_text_are_told() -> None:
    assert [danger.kind for danger in dangers_in(CHENGDU, "着火了，他还在打我")] == ["fire", "violence"]


@pytest.mark.parametrize("text", ["", "路灯不亮", "家里没得煤气味"])
def test_no_danger_is_none(text: str) -> None:
    assert find_danger(CHENGDU, text) is None
