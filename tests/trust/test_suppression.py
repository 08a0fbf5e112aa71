"""Small counts are hidden, and so is what would give them away (P8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.trust.suppression import hidden

COUNTS = st.lists(st.integers(0, 30), max_size=12)


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ([], set()),
        ([0, 0], set()),
        ([9, 8, 7], set()),
        ([9, 2, 7], {1, 2}),
        ([9, 2, 3, 7], {1, 2}),
        ([9, 1, 1, 7], {1, 2, 3}),
        ([3], {0}),
        ([3, 0, 0], {0}),
        ([5, 5, 4], {2, 0}),
    ],
)
def test_examples(counts: list[int], gone: set[int]) -> None:
    assert hidden(counts, 5) == gone


@given(COUNTS, st.integers(1, 10))
def test_no_small_count_is_shown_and_no_empty_one_hidden(counts: list[int], under: int) -> None:
    gone = hidden(counts, under)
    assert {index for index, count in enumerate(counts) if 0 < count < under} <= gone
    assert all(counts[index] > 0 for index in gone)


@given(COUNTS, st.integers(1, 10))
def test_the_total_gives_no_hidden_count_away(counts: list[int], under: int) -> None:
    gone = hidden(counts, under)
    if not gone:
        return
    everything_hidden = len(gone) == sum(count > 0 for count in counts)
    assert everything_hidden or (len(gone) >= 2 and sum(counts[index] for index in gone) >= under)


@given(COUNTS, st.integers(1, 10))
def test_what_is_shown_is_at_least_as_large_as_what_is_hidden(counts: list[int], under: int) -> None:
    gone = hidden(counts, under)
    shown = [count for index, count in enumerate(counts) if count > 0 and index not in gone]
    assert not gone or not shown or min(shown) >= max(counts[index] for index in gone)
