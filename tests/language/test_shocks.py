"""What is live "hits" in Sichuan: a hazard for everybody to know, and no violence (P4)."""

import pytest

from shige.language.danger import find_danger
from shige.language.shocks import as_shock
from shige.profile.loader import load

CHENGDU = load("chengdu")


@pytest.mark.parametrize(
    "text",
    [
        "那根线耷拉到地上，下雨天有点打人",
        "洗澡的时候热水器打人",
        "太阳能热水器漏电打人",
        "熱水器打人",
        "楼道铁门麻人",
        "小区灯杆下雨就打人",
        "插座咬手",
        "水龙头摸到麻手",
        "栏杆带电，打人得很",
    ],
)
def test_what_is_live_and_hits_is_a_hazard(text: str) -> None:
    danger = find_danger(CHENGDU, text)
    assert danger is not None
    assert (danger.emergency.code, danger.persons) == ("collapse", False)


@pytest.mark.parametrize(
    "text",
    ["他拿电线打人", "他在电梯里打人", "老公在热水器旁边打人", "喝醉了的男的在铁门那里打人", "楼下有人打人"],
)
def test_who_hits_is_a_person(text: str) -> None:
    assert as_shock(CHENGDU, text) == (text, False)
    danger = find_danger(CHENGDU, text)
    assert danger is not None and danger.persons


def test_whoever_tells_of_a_shock_is_told_what_to_do_about_the_current() -> None:
    danger = find_danger(CHENGDU, "那根线耷拉到地上，下雨天有点打人")
    assert danger is not None
    said = danger.emergency.advice.in_language("zh")
    assert all(part in said for part in ("不要摸", "断电", "95598"))
