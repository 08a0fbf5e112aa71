"""Fictional service points of the sample; no database (R13)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SamplePoint:
    """One service point of every community, at its ``house``-th building; offers are names and notes.

    ``bookable`` are those that can be booked: minutes, slots in a row, people, days ahead.
    """

    kind: str
    name: str
    house: int
    access: str
    about: str
    week: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    capacity: int | None = None
    keeps_holidays: bool = True
    bookable: tuple[tuple[str, int, int, int, int], ...] = ()


def service_points() -> tuple[SamplePoint, ...]:
    """Return the points of the sample, read from ``service_points.toml``."""
    read = tomllib.loads(files("shige.sample").joinpath("service_points.toml").read_text("utf-8"))
    listed = [
        one
        | {
            "week": tuple(one["week"]),
            "offers": tuple((name, note) for name, note in one["offers"]),
            "bookable": tuple(tuple(rules) for rules in one.get("bookable", ())),
        }
        for one in read["points"]
    ]
    return tuple(SamplePoint(**one) for one in listed)
