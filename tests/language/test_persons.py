"""What points to a person in a note about a place is recognised; what speaks of the place is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.persons import person_in

FILLER = st.text(alphabet="，。停车太挤了希望小区增加充电", max_size=20)


@pytest.mark.parametrize(
    "words",
    [
        "王先生说电梯老坏",
        "楼上赖国强家把线剪了",
        "欧阳女士希望多开食堂",
        "李某某堵住通道",
        "3栋2单元501号漏水",
        "三单元二楼十二号的老人",
        "住1502室的人",
        "12-2-1503那家",
        "川A12345的车乱停",
        "川Ａ·D12345 又停在门口",
        "Mr. Smith wants a bench",
        "the people of flat 502",
    ],
)
def test_persons_doors_and_plates_are_found(words: str) -> None:
    assert person_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "希望3栋楼下加装充电桩",
        "二楼平台积水，301户居民反映停水",
        "玉兰路12号院门口太挤",
        "老年人希望有300平方米的活动室",
        "2026-11-27起停水三天",
        "小区方便的话多装几个路灯",
        "三室两厅的户型",
        "people want a bench in the park",
    ],
)
def test_what_speaks_of_a_place_passes(words: str) -> None:
    assert person_in(words) == ""


@given(FILLER, st.sampled_from("王李张刘陈"), st.sampled_from(["先生", "女士", "师傅", "阿姨"]), FILLER)
def test_a_surname_with_its_title_is_found_wherever_it_stands(
    before: str, surname: str, title: str, after: str
) -> None:
    assert f"{surname}{title}" in person_in(f"{before}{surname}{title}{after}")


@given(FILLER, st.integers(1, 40), st.integers(1, 6), st.integers(101, 3304), FILLER)
def test_a_door_is_found_wherever_it_stands(
    before: str, building: int, entrance: int, door: int, after: str
) -> None:
    assert person_in(f"{before}{building}栋{entrance}单元{door}号{after}")
    assert person_in(f"{before}{building}-{entrance}-{door}{after}")
