"""What shows nothing is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.blank import trimmed


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b\u200d", "\u202e \u2066", "\u0301\u0302", "\u3164", "\ufeff\n", "\u2800"]
)
def test_what_nobody_sees_is_empty(text: str) -> None:
    assert trimmed(text) == ""


@pytest.mark.parametrize("text", ["王", "?", "😀", "é", "\u0f56\u0f7c", "a\u200b"])
def test_what_shows_something_stays(text: str) -> None:
    assert trimmed(f"  {text} ") == text


@given(st.text(max_size=40))
def test_twice_is_once(text: str) -> None:
    assert trimmed(trimmed(text)) == trimmed(text)
