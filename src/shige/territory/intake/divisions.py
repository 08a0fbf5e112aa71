"""Read the official tree of divisions: codes of 6, 9 or 12 digits with their names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from shige.geo.codes import DivisionCode, NoDivisionCode
from shige.tables.cells import exact, text
from shige.tables.headers import DIVISIONS, Columns
from shige.tables.places import all_problems
from shige.tables.problems import Problem, WrongCell
from shige.tables.table import Table

from ..models import Area
from .faults import Fault
from .ground import LONGEST, ImportFile
from .tables import UnreadableFile, open_rows, told

LEVELS: Final[Mapping[str, str]] = {
    "province": Area.Level.PROVINCE,
    "city": Area.Level.CITY,
    "county": Area.Level.DISTRICT,
    "street": Area.Level.STREET,
    "community": Area.Level.COMMUNITY,
}
"""Levels of a statistical division code (统计用区划代码) in our words, from the top."""


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One division: its code padded to 12 digits, and its name."""

    code: str
    name: str


def level_of(code: str) -> str:
    """Return the level of a 12-digit division code; ValueError where it is none."""
    return LEVELS[DivisionCode(code).level]


def parent_code(code: str) -> str | None:
    """Return the code of the division above, None above a province."""
    parent = DivisionCode(code).parent
    return str(parent) if parent else None


def is_village(code: str) -> bool:
    """Say whether the code is one of a village; only communities can be."""
    return DivisionCode(code).community_kind == "villagers"


def read_divisions(file: ImportFile) -> tuple[list[DivisionRow], list[Fault], list[Fault]]:
    """Read one file of the tree; return its divisions, its faults and what is told of it.

    Without faults every row is a division.
    """
    try:
        table = open_rows(file.name, file.content, Columns(DIVISIONS))
    except UnreadableFile as error:
        return [], [replace(error.fault, file=file.name)], []
    absent = table.without(DIVISIONS)
    read = [_division(number, row) for number, row in enumerate(table.rows, 1)]
    rows = [row for row in read if isinstance(row, DivisionRow)]
    wrong = [row for row in read if isinstance(row, Problem)] + _repeated(table)
    problems = all_problems(table, [*absent, *table.problems], wrong) + table.too_long(
        {"name": LONGEST["name"]}
    )
    return rows, told(problems, file.name), told(list(table.notes), file.name)


def _division(number: int, row: Mapping[str, Any]) -> DivisionRow | Problem:
    """Return a division, or what is wrong."""
    try:
        code, name = exact(row.get("code")), text(row.get("name"))
    except WrongCell as error:
        return Problem(number, "code", error.code, error.details)
    if not code or not name:
        return Problem(number, "name" if code else "code", "missing")
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", code):
        return Problem(number, "code", "division_code", {"value": code})
    try:
        level_of(code.ljust(12, "0"))
    except NoDivisionCode as error:
        kind = {"gap": "code_gap", "street": "street_number"}.get(error.kind, "division_code")
        return Problem(number, "code", kind, {"value": code})
    return DivisionRow(code.ljust(12, "0"), name)


def _repeated(table: Table) -> list[Problem]:
    """Return a problem for each code that was used in a row above."""
    first: dict[str, int] = {}
    problems = []
    for number, row in enumerate(table.rows, 1):
        code = text(row.get("code")).ljust(12, "0")
        if text(row.get("code")) and first.setdefault(code, number) != number:
            problems.append(Problem(number, "code", "duplicate", {"value": code, "first": first[code]}))
    return problems
