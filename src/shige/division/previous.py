"""The division in force: what stays where it was, which codes live on, who moves (R5, R7)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shige.division.pieces import read_part, spread
from shige.division.units import Piece, Previous, Unit
from shige.tables.cells import exact, text, whole
from shige.tables.headers import Columns
from shige.tables.places import all_problems
from shige.tables.problems import Detail, Problem, UnreadableTable, WrongCell
from shige.tables.table import from_text

COLUMNS = ("unit", "part", "households", "shops", "community", "general", "micro", "exclusive")
_CODE = re.compile(r"[0-9]{18}")


@dataclass(frozen=True, slots=True)
class Shared:
    """Doors of one unit that lie in one piece of the old division and in one part of the new."""

    old: Piece
    new: int
    households: int
    shops: int


def read_assignment(path: Path) -> Previous:
    """Read an `assignment.csv`; serials count from the codes in it.

    Raises
    ------
    ValueError
        With the row and column of everything that is wrong, a line each.
    """
    try:
        table = from_text(path.read_bytes(), Columns(COLUMNS, {}))
    except UnreadableTable as error:
        raise ValueError(str(error)) from error
    reading = _Rows()
    pieces = [reading.piece(number, row) for number, row in enumerate(table.rows, start=1)]
    found = all_problems(table, [*table.problems, *table.without(COLUMNS)], reading.problems)
    if found:
        raise ValueError("\n".join(map(str, found)))
    return Previous(tuple(pieces), highest_serials(pieces))


class _Rows:
    """Reads rows of an assignment and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._row = 0
        self._parts: dict[str, dict[str, int]] = defaultdict(dict)

    def piece(self, number: int, row: Mapping[str, Any]) -> Piece:
        """Read one row, counted from 1; use it only where there are no problems."""
        self._row = number
        unit, part = text(row.get("unit")), text(row.get("part"))
        if not unit:
            self._fault("unit", "missing")
        if read_part(part) is None:
            self._fault("part", "part", value=part)
        self._once(unit, part)
        households, shops = self._count(row, "households"), self._count(row, "shops")
        codes = [self._code(row, column, str(k)) for k, column in enumerate(COLUMNS[4:])]
        community, general, micro, exclusive = codes
        needed = {"community": community} if exclusive else dict(zip(COLUMNS[4:7], codes, strict=False))
        for column, code in needed.items():
            if code == "":
                self._fault(column, "missing")
        if exclusive and micro:
            self._fault("exclusive", "two_grids", value=unit)
        held = (code or "" for code in (community, general, micro, exclusive))
        return Piece(unit, part, households, shops, *held)

    def _fault(self, column: str, code: str, **details: Detail) -> None:
        self.problems.append(Problem(self._row, column, code, details))

    def _once(self, unit: str, part: str) -> None:
        """Name a building, or a part of one, that an earlier row has."""
        said = self._parts[unit]
        first = said.get(part) or said.get("") or (next(iter(said.values()), 0) if not part else 0)
        if first:
            self._fault("unit", "duplicate", value=f"{unit} {part}".strip(), first=first)
        said.setdefault(part, self._row)

    def _count(self, row: Mapping[str, Any], column: str) -> int:
        try:
            found = whole(row.get(column))
        except WrongCell as error:
            self._fault(column, error.code, **error.details)
            return 0
        if found is None:
            self._fault(column, "missing")
        return found or 0

    def _code(self, row: Mapping[str, Any], column: str, level: str) -> str | None:
        """The code in a column, "" where there is none, None where it is not right."""
        try:
            code = exact(row.get(column))
        except WrongCell as error:
            self._fault(column, error.code, **error.details)
            return None
        if not code or (_CODE.fullmatch(code) and code[12] == level and int(code[13:])):
            return code
        rounded = code.isdigit() and len(code) == 18 and not int(code[15:])
        self._fault(column, "rounded" if rounded else "grid_code", value=code, level=level)
        return None


def highest_serials(pieces: Iterable[Piece]) -> dict[str, int]:
    """Highest serial among the codes of each community."""
    highest: dict[str, int] = defaultdict(int)
    for piece in pieces:
        for code in (piece.community, piece.general, piece.micro, piece.exclusive):
            if code:
                highest[code[:12]] = max(highest[code[:12]], int(code[13:]))
    return dict(highest)


def shared_doors(unit: Unit, old: Sequence[Piece], new: Sequence[tuple[str, int]]) -> list[Shared]:
    """Compare where a unit's doors were and are, exactly to the entrance and floor.

    Parameters
    ----------
    new
        Part and grid number of each new piece of the unit.
    """
    if len(old) == len(new) == 1 and not old[0].part:
        return [Shared(old[0], new[0][1], unit.households, unit.shops)]
    households, shops = spread(unit)
    was = _painted(unit, [piece.part for piece in old])
    now = _painted(unit, [part for part, _ in new])
    found = []
    for a, piece in enumerate(old):
        for b, (_, grid) in enumerate(new):
            both = (was == a) & (now == b)
            if both.any():
                found.append(Shared(piece, grid, int(households[both].sum()), int(shops[both].sum())))
    return found


def _painted(unit: Unit, parts: Sequence[str]) -> NDArray[np.int64]:
    """Which part each entrance x floor lies in; -1 where in none."""
    painted = np.full((unit.entrances, unit.floors), -1)
    for number, part in enumerate(parts):
        entrance, low, high = read_part(part) or (0, 0, 0)
        rows = slice(entrance - 1, entrance) if entrance else slice(None)
        painted[rows, max(low - 1, 0) : high or None] = number
    return painted


def inherit(shared: Iterable[tuple[str, int, int, int]], count: int) -> list[str]:
    """Give old codes to the new grids that hold most of what the old grid held.

    Parameters
    ----------
    shared
        Old code, new grid's number, households and shops that the two have in common.
    count
        How many new grids there are.

    Returns
    -------
    The old code of each new grid, "" where it needs a new one. "Most" is more than half of the households;
    of shops, or else of buildings, where there is none. No code is given twice.
    """
    common: dict[tuple[str, int], NDArray[np.int64]] = defaultdict(lambda: np.zeros(3, dtype=np.int64))
    whole: dict[str, NDArray[np.int64]] = defaultdict(lambda: np.zeros(3, dtype=np.int64))
    for code, grid, households, shops in shared:
        common[code, grid] += (households, shops, 1)
        whole[code] += (households, shops, 1)
    codes = [""] * count
    for (code, grid), held in sorted(common.items(), key=lambda item: (*(-item[1]).tolist(), *item[0])):
        measure = int(np.flatnonzero(whole[code])[0])
        if not codes[grid] and 2 * held[measure] > whole[code][measure]:
            codes[grid] = code
    return codes
