"""Whoever speaks of how staff behave has complained, whatever words; praise and wishes are none."""

import pytest

from shige.language.complaints import about_staff
from shige.profile.loader import load

CHENGDU = load("chengdu")


@pytest.mark.parametrize(
    "text",
    [
        "微网格员态度很差，收了钱不办事",
        "社區書記把低保給了自己親戚",
        "窗口的工作人员吼我",
        "网格员把我的电话告诉了邻居",
        "找了社区三次，都推来推去",
        "The grid worker was rude to my mother",
        "上班时间居委会的人在打麻将",
    ],
)
def test_behaviour_of_staff_is_a_complaint(text: str) -> None:
    assert about_staff(CHENGDU, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "感谢网格员小王，态度特别好，帮了大忙",
        "希望社区多开一个窗口",
        "路灯坏了，请工作人员来修",
        "楼上邻居态度很差，天天吵",
        "请问网格员的电话是多少",
        "Thank you, the grid worker was so kind",
    ],
)
def test_praise_wishes_and_neighbours_are_none(text: str) -> None:
    assert about_staff(CHENGDU, text) is None
