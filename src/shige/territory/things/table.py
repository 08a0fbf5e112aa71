"""Read a table of things: CSV or Excel with name, kind, longitude and latitude (R41)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shige.division.input import read_shape
from shige.geo.datum import Datum
from shige.tables.cells import text
from shige.tables.headers import THINGS, Columns
from shige.tables.moments import day
from shige.tables.places import all_problems, located
from shige.tables.problems import Problem, WrongCell
from shige.trust.jurisdiction import language, profile

from ..intake.faults import Fault
from ..intake.tables import open_rows, told
from .commands import NAME_LIMIT, PLACE_LIMIT, ThingIn

NEEDED: Final = ("name", "kind", "lon", "lat")
MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class ThingTable:
    """The things of a table with the numbers of their rows, every fault, and what is told of it."""

    rows: tuple[tuple[int, ThingIn], ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...] = ()


def read_things(name: str, content: bytes, datum: Datum) -> ThingTable:
    """Read a table of things whose coordinates are in ``datum``.

    Raises
    ------
    UnreadableFile
        It is no such table, or has more than ``MOST`` rows.
    """
    table = open_rows(name, content, Columns(THINGS), MOST)
    features, problems, notes = located(table, datum)
    kinds = _kinds()
    rows = []
    further: list[Problem] = []
    for row, (number, feature) in enumerate(zip(table.numbers, features, strict=True), 1):
        found, wrong = _thing(row, feature, kinds)
        further += wrong
        rows += [(number, found)] if found else []
    limits = {"name": NAME_LIMIT, "address": PLACE_LIMIT}
    faults = all_problems(table, [*table.without(NEEDED), *problems], further) + table.too_long(limits)
    return ThingTable(tuple(rows), tuple(told(faults)), tuple(told([*table.notes, *notes])))


def _kinds() -> dict[str, str]:
    """Return the code of each kind by its code and by its names."""
    return {
        word: kind.code
        for kind in profile().things
        for word in (kind.code, *(kind.name.in_language(said) for said in ("zh", "en")))
    }


def _thing(
    row: int, feature: Mapping[str, Any], kinds: Mapping[str, str]
) -> tuple[ThingIn | None, list[Problem]]:
    cells = feature["properties"]
    point, wrong = read_shape(row, feature)
    wrong += [Problem(row, column, "missing") for column in ("name", "kind") if not text(cells.get(column))]
    said = text(cells.get("kind"))
    if said and said not in kinds:
        known = tuple(kind.name.in_language(language()) for kind in profile().things)
        wrong.append(Problem(row, "kind", "unknown", {"value": said, "allowed": known}))
    inspected = None
    try:
        inspected = day(cells.get("inspected"))
    except WrongCell as error:
        wrong.append(Problem(row, "inspected", error.code, error.details))
    if wrong or point is None:
        return None, wrong
    return ThingIn(
        kinds[said],
        text(cells["name"]),
        point.centroid.x,
        point.centroid.y,
        place=text(cells.get("address")),
        inspected_on=inspected,
    ), []
