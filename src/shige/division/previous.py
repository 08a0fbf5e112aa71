"""The division in force: what stays where it was, which codes live on, who moves (R5, R7)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shige.division.pieces import read_part, spread
from shige.division.units import Piece, Previous, Unit

COLUMNS = ("unit", "part", "households", "shops", "community", "general", "micro", "exclusive")
_CODE = re.compile(r"[0-9]{18}|")


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
        With the line and what is wrong there.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"line 1: no column {', '.join(missing)}")
        pieces = tuple(_piece(row, line) for line, row in enumerate(rows, start=2))
    return Previous(pieces, highest_serials(pieces))


def _piece(row: Mapping[str, str], line: int) -> Piece:
    said = {name: row[name] or "" for name in COLUMNS}
    for name in COLUMNS[4:]:
        if not _CODE.fullmatch(said[name]):
            raise ValueError(f"line {line}, {name}: {said[name]} is not a code of 18 digits")
    if read_part(said["part"]) is None:
        raise ValueError(f"line {line}, part: {said['part']} is not written like e2 or e2f1-9")
    try:
        counts = int(said["households"]), int(said["shops"])
    except ValueError:
        raise ValueError(f"line {line}: households and shops have to be whole numbers") from None
    return Piece(said["unit"], said["part"], *counts, *(said[name] for name in COLUMNS[4:]))


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
