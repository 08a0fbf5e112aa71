"""What trouble is warned of ahead: seasons of the year, and kinds of weather warning signals (R25)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

from pydantic import model_validator

from .text import ProfilePart, Text

Colour = Literal["blue", "yellow", "orange", "red"]

AHEAD: Final = timedelta(days=14)
"""How long before it begins a season is proposed."""


class Season(ProfilePart):
    """A time of the year that brings trouble of some categories, and the words proposed for a warning.

    Either from `since` to `until` (`mm-dd`, over the turn of the year where the second is earlier), or from
    so many days before the first day of Spring Festival (春节) to so many after it.
    """

    code: str
    name: Text
    since: str | None = None
    until: str | None = None
    spring_festival: tuple[int, int] | None = None
    categories: tuple[str, ...]
    text: Text

    @model_validator(mode="after")
    def _is_one_time(self) -> Self:
        days = [day for day in (self.since, self.until) if day is not None]
        if len(days) != (0 if self.spring_festival else 2):
            raise ValueError("give `since` and `until`, or `spring_festival` alone")
        for day in days:
            _in_year(day, 2001)
        return self


class WeatherKind(ProfilePart):
    """A kind of warning signal (预警信号) with the colours that it has, the slightest first."""

    code: str
    name: Text
    colours: tuple[Colour, ...]
    categories: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


def coming(season: Season, day: date, spring_festival: Callable[[int], date]) -> Span | None:
    """Return when a season is, if it holds `day` or begins within `AHEAD` of it; else None.

    `spring_festival` tells the first day of Spring Festival in a year.
    """
    spans = (_span(season, year, spring_festival) for year in range(day.year - 1, day.year + 2))
    return next((span for span in spans if span.first - AHEAD <= day <= span.last), None)


def _span(season: Season, year: int, spring_festival: Callable[[int], date]) -> Span:
    """Return the season that begins in a year; one around Spring Festival, that of the year's festival."""
    if season.spring_festival is not None:
        before, after = (timedelta(days=days) for days in season.spring_festival)
        return Span(spring_festival(year) - before, spring_festival(year) + after)
    since, until = str(season.since), str(season.until)
    return Span(_in_year(since, year), _in_year(until, year + (until < since)))


def _in_year(day: str, year: int) -> date:
    """Read `mm-dd`; ValueError where no such day is in every year."""
    try:
        return date.fromisoformat(f"{year}-{day}")
    except ValueError:
        raise ValueError(f"{day!r} is no day of every year: write it as 05-01") from None
