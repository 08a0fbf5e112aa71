"""Residents' own words lead to the right category by the keywords of the profile."""

import pytest

from shige.profile.keywords import keyword_shares
from shige.profile.loader import load

CHENGDU = load("chengdu")


def codes(text: str) -> list[str]:
    shares = keyword_shares(CHENGDU, text)
    return sorted(shares, key=lambda code: (-shares[code], code))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("楼下垃圾桶满了三天没人来收", "01.1"),
        ("有人把旧沙发扔在单元门口", "01.2"),
        ("河水又黑又臭", "01.6"),
        ("街口路灯不亮", "02.1"),
        ("小区电梯坏了一周了老人下不了楼", "02.3"),
        ("邻居把电瓶车推上楼充电", "03.2"),
        ("消防通道被车堵住了", "03.1"),
        ("那个消防栓没得水", "03.1"),
        ("消火栓打不出水", "03.1"),
        ("广场舞声音太大", "04.2"),
        ("楼顶有人在搭阳光房", "04.5"),
        ("几个儿女都不肯养老人", "05.2"),
        ("楼上卫生间漏水把我家天花板泡了", "05.4"),
        ("物业费涨了却什么都不干", "06.1"),
        ("业委会换届没有通知大家", "06.3"),
        ("老板三个月没发工资", "07.1"),
        ("医保怎么报销", "09.3"),
        ("网格员上门态度恶劣", "11.3"),
        ("自行车昨晚被偷了", "12.3"),
        ("孩子想要一个书包", "14.1"),
        ("the street light outside my door is out", "02.1"),
        ("my landlord keeps my deposit", "07.5"),
    ],
)
def test_the_likeliest_category_comes_first(text: str, code: str) -> None:
    assert codes(text)[0] == code


def test_a_broken_hydrant_is_not_called_a_blocked_way() -> None:
    assert "设施" in CHENGDU.category("03.1").name.zh


def test_a_longer_word_says_more_than_the_one_inside_it() -> None:
    assert codes("大件垃圾")[:2] == ["01.2", "01.1"]


def test_shares_sum_to_one() -> None:
    shares = keyword_shares(CHENGDU, "楼上装修噪音太大，物业不管")
    assert len(shares) > 2 and sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "！！！"])
def test_nothing_recognised_is_nothing(text: str) -> None:
    assert codes(text) == []
