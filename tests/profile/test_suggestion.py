"""Residents' own words lead to the right category."""

import pytest

from shige.profile import load, suggest_categories

CHENGDU = load("chengdu")


def codes(text: str, limit: int = 3) -> list[str]:
    return [category.code for category, _ in suggest_categories(CHENGDU, text, limit)]


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


def test_a_longer_word_says_more_than_the_one_inside_it() -> None:
    assert codes("大件垃圾")[:2] == ["01.2", "01.1"]


def test_an_emergency_comes_before_anything_milder_p4() -> None:
    assert codes("夫妻吵架要离婚，老公又动手打我")[0] == "05.6"


def test_shares_fall_and_sum_to_no_more_than_one() -> None:
    shares = [share for _, share in suggest_categories(CHENGDU, "楼上装修噪音太大，物业不管", 9)]
    assert len(shares) > 2
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


def test_no_more_than_asked_for() -> None:
    assert len(codes("楼上装修噪音太大，物业不管", 2)) == 2


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "！！！"])
def test_nothing_recognised_suggests_nothing(text: str) -> None:
    assert codes(text) == []


def test_the_other_country_suggests_its_own_categories() -> None:
    found = suggest_categories(load("generic"), "There is a deep pothole")
    assert [category.code for category, _ in found] == ["01.2"]
