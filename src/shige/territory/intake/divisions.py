"""Read the official tree of divisions: codes of 6, 9 or 12 digits with their names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from shige.geo.codes import DivisionCode

from ..models import Area
from .faults import Fault
from .ground import ImportFile
from .tables import Table, UnreadableFile, open_table

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


def read_divisions(file: ImportFile) -> tuple[list[DivisionRow], list[Fault]]:
    """Read one file of the tree; without faults every row is a division."""
    try:
        table = open_table(file.name, file.content)
    except UnreadableFile as error:
        return [], [replace(error.fault, file=file.name)]
    read = list(rows_of(table))
    rows = [row for row in read if isinstance(row, DivisionRow)]
    faults = [replace(row, file=file.name) for row in read if isinstance(row, Fault)]
    return rows, faults + [replace(fault, file=file.name) for fault in repeated(table)]


def rows_of(table: Table) -> Iterator[DivisionRow | Fault]:
    """Yield a division, or what is wrong, for each row."""
    for number, properties in numbered(table):
        code, name = (str(properties.get(column) or "").strip() for column in ("code", "name"))
        if not is_code(code):
            message = _("%(code)s is not a division code of 6, 9 or 12 digits.") % {"code": code or "-"}
            yield Fault(number, table.headers.get("code", "code"), message)
        elif not name:
            yield Fault(number, table.headers.get("name", "name"), _("A value is needed here."))
        else:
            yield DivisionRow(code.ljust(12, "0"), name[:80])


def is_code(written: str) -> bool:
    """Say whether this is the code of a division, with or without the zeros at its end."""
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", written):
        return False
    try:
        level_of(written.ljust(12, "0"))
    except ValueError:
        return False
    return True


def repeated(table: Table) -> Iterator[Fault]:
    """Yield a fault for each code that was used in a row above."""
    first: dict[str, int] = {}
    for number, properties in numbered(table):
        code = str(properties.get("code") or "").strip().ljust(12, "0")
        if first.setdefault(code, number) != number:
            told = {"value": code, "first": first[code]}
            yield Fault(
                number,
                table.headers.get("code", "code"),
                _("%(value)s was already used in row %(first)s.") % told,
            )


def numbered(table: Table) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """Return the properties of each row with its number."""
    return [
        (number, (feature or {}).get("properties") or {})
        for number, feature in enumerate(table.features, start=table.first)
    ]
