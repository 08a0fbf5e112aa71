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


@pytest.mark.parametrize(
    "text",
    [
        "管片的人跟楼下老板是亲戚,我反映了三回都说没得问题",
        "负责我们这栋的跟开茶馆的是一家人",
        "管我们这片的人也跟他关系好,举报了等于没举报",
        "那个管事的跟隔壁是熟人,来了就说没事",
        "穿红马甲的那个收了他家的烟",
        "The one who covers our building is a cousin of the bar owner",
    ],
)
def test_whoever_is_in_charge_is_staff_without_a_name_or_post(text: str) -> None:
    assert about_staff(CHENGDU, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "管片的人帮我把灯修好了,感谢",
        "麻烦管这片的人来看看路灯",
        "管我们小区的物业跟老板是亲戚",
        "管我们小区的保安收了外卖的钱",
        "穿制服的保安偏袒住户",
        "片区里的烧烤摊不管什么时候都在冒烟",
    ],
)
def test_who_is_in_charge_of_something_else_is_none(text: str) -> None:
    assert about_staff(CHENGDU, text) is None
