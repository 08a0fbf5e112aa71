"""What tells strangers that somebody is alone is found, and ordinary words are not taken for it."""

import pytest

from shige.language.alone import told_alone


@pytest.mark.parametrize(
    "text",
    [
        "我一个人住，想要台旧电脑",
        "老伴走了，独居多年",
        "白天家里没人",
        "屋头没得人",
        "I live alone",
        "She is home alone",
    ],
)
def test_being_alone_is_told(text: str) -> None:
    assert told_alone(text)


@pytest.mark.parametrize(
    "text", ["想要一台旧电脑", "我们一家人住在这里", "一个人忙不过来", "Leave me alone", "没人管的灯"]
)
def test_other_words_are_not(text: str) -> None:
    assert told_alone(text) == ""
