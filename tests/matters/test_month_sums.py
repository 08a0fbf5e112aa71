"""From the sums of a month no hidden small count can be worked out again (P8)."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from shige.matters.queries.month import Sum, told

Row = tuple[str, int, int]

COUNTS = st.integers(1, 30).flatmap(lambda came: st.tuples(st.just(came), st.integers(0, came)))
ROWS = st.lists(COUNTS, min_size=1, max_size=8).map(
    lambda counts: [(str(index), *count) for index, count in enumerate(counts)]
)


def total_of(rows: Sequence[Row], under: int) -> Sum:
    """Return the total as it stands beside the rows."""
    return told([("", sum(came for _, came, _ in rows), sum(done for _, _, done in rows))], under)[0]


def bounds(room: Sequence[int], left: int) -> list[tuple[int, int]]:
    """Return between what each hidden cell lies: together they are ``left``, none is above its room."""
    return [(max(0, left - (sum(room) - own)), min(own, left)) for own in room]


@given(ROWS, st.integers(2, 10))
def test_no_small_count_is_shown(rows: list[Row], under: int) -> None:
    for one in (*told(rows, under), total_of(rows, under)):
        assert one.came is None or one.came >= under
        if one.settled is not None:
            assert one.came is not None
            assert not 0 < one.settled < under and not 0 < one.came - one.settled < under


@given(ROWS, st.integers(2, 10))
def test_the_total_gives_no_small_count_away(rows: list[Row], under: int) -> None:
    total, shown = total_of(rows, under), {one.name: one for one in told(rows, under)}
    if total.came is None:
        return
    secret = [row for row in rows if row[0] not in shown]
    left = total.came - sum(one.came or 0 for one in shown.values())
    for (low, high), (_name, came, _done) in zip(bounds([left] * len(secret), left), secret, strict=True):
        assert low < high or came >= under
    if total.settled is None:
        return
    hidden = [row for row in rows if row[0] not in shown or shown[row[0]].settled is None]
    room = [came if name in shown else left for name, came, _done in hidden]
    done_left = total.settled - sum(one.settled or 0 for one in shown.values())
    for (low, high), (name, came, done) in zip(bounds(room, done_left), hidden, strict=True):
        assert low < high or not (0 < done < under or (name in shown and 0 < came - done < under))


@given(ROWS, ROWS, st.integers(2, 10))
def test_a_total_that_is_hidden_is_not_the_sum_of_what_is_shown(
    rows: list[Row], more: list[Row], under: int
) -> None:
    """Two breakdowns stand beside one total: neither may tell it to the other."""
    both = [*rows, *more]
    total = total_of(both, under)
    shown = told(both, under)
    assert total.came is not None or any(one.came is None for one in shown)
    assert total.settled is not None or any(one.settled is None for one in shown)


def test_a_single_hidden_cell_takes_another_with_it() -> None:
    shown = told([("a", 20, 15), ("b", 20, 2), ("c", 30, 16)], 5)
    assert [(one.came, one.settled) for one in shown] == [(20, None), (20, None), (30, 16)]
    assert total_of([("a", 20, 15), ("b", 20, 2), ("c", 30, 16)], 5) == Sum("", 70, 33)


def test_whoever_works_there_sees_all() -> None:
    assert told([("a", 1, 0), ("b", 3, 2)], 1) == (Sum("a", 1, 0), Sum("b", 3, 2))
