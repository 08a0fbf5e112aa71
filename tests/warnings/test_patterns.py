"""When the same weeks of last year stand out at a place: the rule as a pure function (R25)."""

from hypothesis import given
from hypothesis import strategies as st

from shige.warnings.patterns import LEAST, OTHERS, TIMES, WINDOW, YEAR, stands_out, usual

COUNTS = st.integers(0, 10_000)


def test_the_windows_fill_the_year() -> None:
    assert WINDOW * (OTHERS + 1) == YEAR and YEAR.days % 7 == 0


@given(COUNTS, COUNTS)
def test_it_is_at_least_five_and_twice_the_mean(then: int, others: int) -> None:
    assert stands_out(then, others) == (then >= LEAST and then >= TIMES * usual(others) - 1e-9)


@given(COUNTS, COUNTS, COUNTS)
def test_more_then_or_less_since_never_makes_it_stand_out_less(then: int, others: int, more: int) -> None:
    if stands_out(then, others):
        assert stands_out(then + more, others) and stands_out(then, max(0, others - more))


@given(COUNTS.filter(bool), st.integers(1, 50))
def test_an_even_year_never_stands_out(each: int, times: int) -> None:
    assert not stands_out(each * times, each * times * OTHERS)


@given(st.integers(0, LEAST - 1), COUNTS)
def test_few_matters_tell_nothing(then: int, others: int) -> None:
    assert not stands_out(then, others)
