"""However a text is typed, it is matched in one form; what people mean by a dialect word is data."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.normal import as_said, normalised, visible
from shige.profile.equivalents import Equivalents
from shige.profile.loader import load

CHENGDU = load("chengdu")
INVISIBLE = st.sampled_from("\u200b\u200d\u2060\ufeff\u202e\u2066\u00ad\u3164\ufe0f\u034f\U000e0061\ud83d\0")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＧＡＳ　Leak！！！", "gas leak!"),
        ("家裡有煤氣味", "家里有煤气味"),
        ("電\u200b梯\u202e困人", "电梯困人"),
        ("救命啊啊啊啊！！！", "救命啊!"),
        ("heeeelp", "help"),
        ("电话 13888888888", "电话 13888888888"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("He’s  hurt", "he's hurt"),
        ("\u3164\u200b", ""),
    ],
)
def test_one_form_for_all_ways_to_type(typed: str, read: str) -> None:
    assert normalised(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("娃儿遭打了", "孩子被打了"),
        ("井盖没得了", "井盖没了"),
        ("屋头没得煤气味", "家里没有煤气味"),
        ("老汉儿喊不答应", "爸爸叫不醒"),
        ("在超市抓娃娃机", "在超市抓娃娃机"),
        ("打电话没人接", "打电话没人接"),
        ("他遭遇了不公", "他遭遇了不公"),
        ("天燃气", "天然气"),
    ],
)
def test_dialect_and_slips_are_read_as_what_they_mean(typed: str, read: str) -> None:
    assert as_said(CHENGDU, typed) == read


def test_a_word_inside_a_longer_exception_stays() -> None:
    pairs = Equivalents.model_validate([{"to": "被", "of": ["遭"], "unless": ["遭遇"]}])
    assert pairs.applied("遭遇遭打") == "遭遇被打"


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), INVISIBLE), max_size=8))
def test_invisible_characters_change_nothing(text: str, put: list[tuple[int, str]]) -> None:
    typed = text
    for place, char in put:
        typed = typed[:place] + char + typed[place:]
    assert visible(typed) == visible(text)


@given(st.text(max_size=80))
def test_normalising_twice_changes_no_more(text: str) -> None:
    once = normalised(text)
    assert not any(unicodedata.category(char) in ("Cf", "Cs") for char in once)
    assert "  " not in once
