"""A name is known however it is written, and is not heard in other words."""

import pytest

from shige.language.named import names, searchable


@pytest.mark.parametrize(
    "words",
    [
        "刘仁杰收钱", "刘 仁 杰收钱", "刘·仁·杰乱来", "刘人杰乱收钱", "劉仁傑不管事",
        "留仁杰骂人", "Liu Renjie took money",
        "renjie liu is rude", "liu ren jie 收钱",
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_written(words: str) -> None:
    assert names(searchable(words), "刘仁杰")


@pytest.mark.parametrize(
    "words", ["路灯不亮", "六人街很吵", "仁杰超市门口停车", "流人", "liuren street", "邻居留人借宿"]
)
def test_other_words_name_nobody(words: str) -> None:
    assert not names(searchable(words), "刘仁杰")


@pytest.mark.parametrize("words", ["网各员黄利收钱", "网格员汪丽收钱"])
def test_a_short_name_is_not_known_by_its_sound(words: str) -> None:
    assert not names(searchable(words), "王立")
    assert names(searchable("王 立收钱"), "王立")
