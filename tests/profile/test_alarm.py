"""The emergency number comes before any form (P4), and a denied or unlike word does not call for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.profile import find_emergency, load

CHENGDU = load("chengdu")


def number_for(text: str) -> str | None:
    emergency = find_emergency(CHENGDU, text)
    return emergency.number if emergency else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("家里有煤气味", "119"),
        ("楼道里煤气的味道很重", "119"),
        ("我被困电梯了", "119"),
        ("电梯里有人被困住了", "119"),
        ("他打我", "110"),
        ("老公喝了酒又打我", "110"),
        ("隔壁天天打孩子", "110"),
        ("有家暴", "110"),
        ("三楼有人要跳楼", "110"),
        ("有人落水了", "119"),
        ("电瓶车充电起火了", "119"),
        ("老人晕倒了没有呼吸", "120"),
        ("我爸走丢了", "110"),
        ("门口的井盖没了", "12345"),
        ("I smell gas in the stairwell", "119"),
        ("My husband beats me", "110"),
        ("He hit me last night", "110"),
        ("We are stuck in the lift", "119"),
        ("Someone is drowning", "119"),
    ],
)
def test_danger_shows_its_number(text: str, number: str) -> None:
    assert number_for(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮",
        "垃圾没人收",
        "灭火器过期了",
        "楼道堆物有火灾隐患",
        "他打我电话我没接到",
        "晚上总被打扰",
        "家里没有煤气味",
        "现在没闻到煤气味了",
        "There is no smell of gas here",
        "想了解消防演练",
        "the lift is slow",
        "孩子要上幼儿园",
    ],
)
def test_ordinary_matters_show_none(text: str) -> None:
    assert number_for(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "有没有煤气味我说不清",
        "是不是煤气味",
        "不是没有煤气味",
        "阀门关了没有 煤气味还很大",
        "昨天没有煤气味，今天有煤气味",
        "煤 气 味 很 大",
        "煤气\n味道？没有人管，煤气味很大",
        "他打我抢我电话",
        "打我电话没人接，他又打我",
        "ＧＡＳ　ＬＥＡＫ",
        "He   HITS me",
    ],
)
def test_in_doubt_the_number_is_shown(text: str) -> None:
    assert number_for(text) is not None


def test_the_category_of_an_emergency_counts_by_the_clock() -> None:
    for emergency in CHENGDU.emergencies:
        assert CHENGDU.tier(CHENGDU.category(emergency.category).tier).elapsed


def test_every_word_of_the_profile_shows_a_number_by_itself() -> None:
    silent = [
        word
        for emergency in CHENGDU.emergencies
        for word in emergency.words
        if find_emergency(CHENGDU, word.replace("*", "")) is None
    ]
    assert silent == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_danger_in_a_clause_of_its_own_is_seen_in_any_text(before: str, after: str) -> None:
    assert find_emergency(CHENGDU, f"{before}。着火了。{after}") is not None
