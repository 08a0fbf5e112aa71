"""Days on which an office does not work although it is a weekday, and the make-up days (调休) for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar.constants as published  # type: ignore[import-untyped]
import holidays as statutory


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and make-up working days; of the `years`, the whole arrangement is known."""

    years: frozenset[int]
    days_off: frozenset[date]
    make_up_days: frozenset[date]

    def amended_by(self, later: "Holidays") -> "Holidays":
        """Return these holidays with the years that `later` covers replaced by it.

        Of other years, the days that it names are as it says, and all others stay.
        """
        named = later.days_off | later.make_up_days
        return Holidays(
            self.years | later.years,
            (_outside(self.days_off, later.years) - named) | later.days_off,
            (_outside(self.make_up_days, later.years) - named) | later.make_up_days,
        )


NONE = Holidays(frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=1)
def published_in_china() -> Holidays:
    """Return the yearly notices of the State Council as the package `chinesecalendar` carries them."""
    days_off = frozenset(published.holidays)
    return Holidays(frozenset(day.year for day in days_off), days_off, frozenset(published.workdays))


@lru_cache(maxsize=32)
def statutory_in_china(year: int) -> frozenset[date]:
    """Return the statutory holidays of a year without notice; its make-up days are not known.

    By the measures on public holidays (全国年节及纪念日放假办法), computed by the package `holidays`: the
    days named there, and for each on a weekend the next working day.
    """
    return frozenset(day for day in statutory.country_holidays("CN", years=year) if day.year == year)


@lru_cache(maxsize=32)
def spring_festival(year: int) -> date:
    """Return the first day of Spring Festival (春节), the first of the lunar year that begins in `year`."""
    named = statutory.country_holidays("CN", years=year, language="en_US")
    return min(day for day, name in named.items() if name == "Chinese New Year (Spring Festival)")


def days_between(first: date, last: date) -> Iterable[date]:
    """Yield each day from `first` to `last`, both included."""
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _outside(days: frozenset[date], years: frozenset[int]) -> frozenset[date]:
    return frozenset(day for day in days if day.year not in years)
