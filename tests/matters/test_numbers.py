"""A matter's number tells its day, and nothing of the matters before and after it (P3)."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shige.matters.numbers import number_of, part_number
from shige.trust.veil import shuffled

DAY = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)


def test_a_number_begins_with_the_local_day_and_has_six_digits() -> None:
    number = number_of(1, DAY)
    assert number.startswith("20261126-") and len(number) == 15 and number[9:].isdecimal()


def test_no_two_matters_of_a_day_have_the_same_number() -> None:
    assert len({shuffled(running, "matter.number", "20261125") for running in range(20_000)}) == 20_000


def test_neighbours_are_not_neighbours() -> None:
    numbers = [shuffled(running, "matter.number", "20261125") for running in range(2_000)]
    gaps = sorted(abs(later - earlier) for earlier, later in pairwise(numbers))
    assert gaps[20] > 1_000 and gaps[len(gaps) // 2] > 100_000


@given(st.integers(0, 999_999), st.dates())
def test_it_stays_below_a_million_and_the_same(running: int, day: object) -> None:
    assert (
        0
        <= shuffled(running, "matter.number", str(day))
        == shuffled(running, "matter.number", str(day))
        < 1_000_000
    )


def test_another_day_shuffles_otherwise() -> None:
    first, second = (
        [shuffled(running, "matter.number", day) for running in range(50)] for day in ("20261125", "20261126")
    )
    assert sum(one == other for one, other in zip(first, second, strict=True)) < 3


def test_the_number_of_a_task_tells_nothing_of_how_many_there_are() -> None:
    taken: list[str] = []
    while len(taken) < 600:
        taken.append(part_number("20261126-000001", taken))
    drawn = [int(one.rsplit("-", 1)[1]) for one in taken]
    assert len(set(drawn)) == 600 and min(drawn) >= 100 and max(drawn[:400]) <= 999
    assert sum(later == earlier + 1 for earlier, later in pairwise(drawn)) < 20
    assert part_number("20261126-000001", [], "L").startswith("20261126-000001-L")
