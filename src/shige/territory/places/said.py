"""The place that a text about something else names in passing: 海棠苑3栋 of 海棠苑3栋电梯坏了三天."""

import re
from typing import Final

from shige.language.address import read_address
from shige.language.spelling import plain

from .names import names_as_written, names_in, streets_as_written
from .search import MOST, Found, find_places

CLAUSES: Final = 4
"""Clauses that are looked at: who says where it is says it early."""

OFFERED: Final = 3


def place_said(text: str, near: tuple[float, float] | None = None) -> tuple[str, list[Found]]:
    """Return what a text says of a place that the index has, and what may be meant by it.

    Nothing is guessed of names that are only alike. The number of a house without a name (3栋) that fits many
    comes back alone: its writer adds the name. At most four statements for each of ``CLAUSES``.
    """
    number = ""
    for clause in re.split(r"[,，。;；!！?？\n]+", text)[:CLAUSES]:
        written = read_address(clause)
        named = names_in(written, plain(clause)) if written.names else []
        if not named and written.building:
            number = number or f"{written.building.upper()}栋"
        meant, streets = names_as_written(named), streets_as_written(named)
        if not meant and not (streets and written.numbered):
            continue
        found = [
            place
            for place in find_places(clause, near)
            if place.sure or place.bears or (place.name in meant and not written.numbered)
        ]
        if found:
            return clause, found[:OFFERED]
    found = find_places(number, near) if number else []
    return number, found[:OFFERED] if len(found) < MOST or near else []
