"""What stands for a running key tells nothing of it, and nothing else can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.trust.veil import VeiledKey, unveiled, veiled


@given(st.integers(0, 2**63 - 1))
def test_a_key_comes_back_and_is_written_alike(key: int) -> None:
    there = VeiledKey().to_url(key)
    assert VeiledKey().to_python(there) == key
    assert there == VeiledKey().to_url(key)


def test_keys_in_a_row_have_nothing_in_common() -> None:
    written = [veiled("key", str(key)) for key in range(1, 200)]
    assert len({text[:6] for text in written}) == len(written)
    assert sorted(written) != written


@pytest.mark.parametrize("typed", ["", "1", "x", "é" * 30, "A" * 30, "another use"])
def test_nothing_else_is_read(typed: str) -> None:
    with pytest.raises(ValueError, match="not written here"):
        unveiled("key", veiled("cursor", "1") if typed == "another use" else typed)


@given(st.integers(0, 15), st.integers(1, 60))
def test_an_altered_one_is_refused(at: int, by: int) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    there = veiled("key", "12345")
    other = letters[(letters.index(there[at]) + by) % len(letters)]
    with pytest.raises(ValueError, match="not written here"):
        unveiled("key", there[:at] + other + there[at + 1 :])
