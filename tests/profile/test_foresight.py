"""Seasons of a profile are proposed ahead of their time, over the turn of a year too (R25)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shige.profile.foresight import AHEAD, Season, Span, coming
from shige.profile.loader import load
from shige.worktime import spring_festival

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
SEASONS = st.sampled_from(load("chengdu").seasons)


def season(**when: object) -> Season:
    return Season.model_validate(
        {"code": "s", "name": {"en": "s"}, "text": {"en": "s"}, "categories": ["01"], **when}
    )


WINTER = season(since="11-15", until="03-15")


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), date(2026, 11, 15)),
        (date(2026, 12, 31), date(2026, 11, 15)),
        (date(2027, 3, 15), date(2026, 11, 15)),
        (date(2027, 3, 16), None),
    ],
)
def test_a_season_may_go_over_the_turn_of_the_year(day: date, first: date | None) -> None:
    found = coming(WINTER, day, spring_festival)
    assert (found and found.first) == first


def test_a_season_may_lie_around_spring_festival() -> None:
    festival = season(spring_festival=[15, 16])
    assert coming(festival, date(2027, 1, 25), spring_festival) == Span(date(2027, 1, 22), date(2027, 2, 22))
    assert coming(season(spring_festival=[45, 0]), date(2026, 12, 25), spring_festival) is not None


@given(SEASONS, DAYS)
def test_a_season_holds_its_day_or_begins_soon_and_the_next_day_knows_it_too(one: Season, day: date) -> None:
    found = coming(one, day, spring_festival)
    if found is not None:
        assert found.first - AHEAD <= day <= found.last
        assert day == found.last or coming(one, day + timedelta(days=1), spring_festival) == found


@given(DAYS)
def test_something_is_always_known_of_the_year_around_a_day(day: date) -> None:
    year = [coming(WINTER, day + timedelta(days=offset), spring_festival) for offset in range(366)]
    assert any(year) and not all(year)


@pytest.mark.parametrize(
    "when",
    [
        {"since": "02-29", "until": "03-10"},
        {"since": "5-1", "until": "06-01"},
        {"since": "05-01"},
        {"since": "05-01", "until": "06-01", "spring_festival": [1, 1]},
        {},
    ],
)
def test_a_season_without_one_plain_time_is_refused(when: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        season(**when)


@pytest.mark.parametrize("name", ["chengdu", "generic"])
def test_proposed_words_fit_a_warning_in_both_languages(name: str) -> None:
    profile = load(name)
    for one in (*profile.seasons, *profile.weather):
        assert all(0 < len(said) <= 40 for said in (one.name.zh, one.name.en)), one.code
        assert all(0 < len(said) <= 500 for said in (one.text.zh, one.text.en)), one.code


@pytest.mark.parametrize("year", range(2024, 2036))
def test_spring_festival_is_where_the_lunar_year_begins(year: int) -> None:
    assert date(year, 1, 21) <= spring_festival(year) <= date(year, 2, 20)
    assert spring_festival(2026) == date(2026, 2, 17)
