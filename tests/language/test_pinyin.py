"""Danger in pinyin is read as characters; other Latin text stays as it is."""

import time

import pytest

from shige.language.pinyin import in_characters


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("laogong da wo jiuming", "老公打我救命"),
        ("lao gong da wo", "老公打我"),
        ("lǎogōng dǎ wǒ", "老公打我"),
        ("da3 wo3", "打我"),
        ("nan pengyou bu rang wo chu men", "男朋友不让我出门"),
        ("zhao huo le, kuai lai", "着火了, kuai lai"),
        ("laogong hen xiong, yizhi da wo", "laogong hen xiong, 一直打我"),
    ],
)
def test_danger_in_pinyin_is_read_as_characters(text: str, read: str) -> None:
    assert in_characters(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "路灯不亮",
        "he can sing in the house",
        "wo de dianhua",
        "adawo street",
        "id dawo123",
        "women you he",
    ],
)
def test_other_latin_text_stays(text: str) -> None:
    assert in_characters(text) == text


def test_a_long_text_of_syllables_is_read_quickly() -> None:
    begun = time.perf_counter()
    in_characters("da wo " + "you ren" * 2800 + "x")
    assert time.perf_counter() - begun < 1
