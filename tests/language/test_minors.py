"""Only harm to a minor goes to the police by law: a grown daughter who is beaten is asked (P2, P4)."""

import pytest

from shige.language.danger import dangers_in
from shige.language.minors import of_minor
from shige.profile.loader import load

CHENGDU = load("chengdu")

GROWN = [
    "女婿把门反锁到打我女儿",
    "女婿喝醉了打女儿",
    "我女儿遭她男人打",
    "女婿打我女儿，女儿三十岁了",
    "女婿又动手打我女儿，脸都肿了",
    "女儿结婚两年，她老公天天打她",
    "女婿打我女儿，外孙在旁边哭",
    "老公打我，娃娃吓得哭",
    "儿子打媳妇，当着孩子的面",
    "我女儿在婆家被打得鼻青脸肿",
    "有人打我女儿",
    "My son-in-law beats my daughter",
]
YOUNG = [
    "隔壁两口子天天打娃儿",
    "女婿打我外孙，打得哭",
    "后妈天天打儿子",
    "女婿打我女儿，女儿才五岁",
    "隔壁男的拿皮带抽他女儿，才七岁",
    "老公打我还打娃娃",
    "楼上打女儿，小学三年级，身上都是伤",
    "爸爸又打我",
    "老师打我儿子耳光",
    "我62岁，看到他家把孙子捆起来打",
    "同学在学校打我弟弟",
    "The neighbour hits his little boy",
]


def codes(text: str) -> list[str]:
    return [danger.emergency.code for danger in dangers_in(CHENGDU, text)]


@pytest.mark.parametrize("text", GROWN)
def test_harm_to_who_is_grown_or_may_be_is_violence(text: str) -> None:
    assert "violence" in codes(text) and "child" not in codes(text)


@pytest.mark.parametrize("text", YOUNG)
def test_harm_with_a_sign_of_a_minor_is_harm_to_a_child(text: str) -> None:
    assert "child" in codes(text)


@pytest.mark.parametrize(
    ("age", "minor"),
    [("十七岁", True), ("17岁", True), ("十八岁", False), ("三十几岁", False), ("5岁", True)],
)
def test_an_age_in_digits_or_words_decides(age: str, minor: bool) -> None:
    assert of_minor(CHENGDU, f"他打女儿，女儿{age}") is minor


def test_a_thirty_year_old_does_not_hide_the_child_that_is_hit() -> None:
    assert of_minor(CHENGDU, "一个三十岁的男人打孩子")
    assert not of_minor(CHENGDU, "女婿打我女儿。外孙才三岁，还在吃奶")
