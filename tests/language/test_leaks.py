"""A leak is one only where no words speak of people."""

import pytest

from shige.language.leaks import only_leaks


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("楼上漏水,天花板都发霉了", True),
        ("The ceiling is dripping", True),
        ("楼上漏水,找他就骂人", False),
        ("Water leaks through and he shouts at me", False),
        ("楼上天天吵", False),
        ("", False),
    ],
)
def test_a_leak_alone_speaks_of_nobody(text: str, alone: bool) -> None:
    assert only_leaks(text) is alone
