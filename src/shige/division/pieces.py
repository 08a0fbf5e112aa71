"""Take large buildings apart by entrances and floors, and put what stays together into one piece again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from shige.division.units import Unit

_GRAIN = 8  # doors below which floors of one entrance are not told apart
_PART = re.compile(r"e([1-9][0-9]*)(?:f([1-9][0-9]*)-([1-9][0-9]*))?")


@dataclass(frozen=True, slots=True)
class Atom:
    """A building, or a few floors of one entrance: the least that a cut moves. Entrance 0 is all of it."""

    unit: int
    entrance: int
    low: int
    high: int
    households: int
    shops: int


def spread(unit: Unit) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spread a unit's households and shops over entrance x floor, each of shape (entrances, floors).

    Households are spread evenly, the remainder from below; shops lie on floor 1.
    """
    cells = unit.entrances * unit.floors
    each, rest = divmod(unit.households, cells)
    by_floor = each + (np.arange(cells) < rest).astype(np.int64)
    households = by_floor.reshape(unit.floors, unit.entrances).T
    shops = np.zeros_like(households)
    each, rest = divmod(unit.shops, unit.entrances)
    shops[:, 0] = each + (np.arange(unit.entrances) < rest)
    return households, shops


def atoms_of(index: int, unit: Unit, most: int, borders: Collection[tuple[int, int]] = ()) -> Iterator[Atom]:
    """Yield the atoms of a unit, entrance by entrance from below; just one up to `most` doors.

    Parameters
    ----------
    borders
        Entrances with floors above which grids in force have a border (R7).
    """
    if unit.doors <= most or unit.entrances * unit.floors == 1:
        yield Atom(index, 0, 1, unit.floors, unit.households, unit.shops)
        return
    households, shops = spread(unit)
    for entrance in range(unit.entrances):
        above = {floor for where, floor in borders if where == entrance + 1}
        for low, high in _bundles(households[entrance] + shops[entrance], above):
            floors = slice(low, high)
            counts = int(households[entrance, floors].sum()), int(shops[entrance, floors].sum())
            yield Atom(index, entrance + 1, low + 1, high, *counts)


def _bundles(doors: NDArray[np.int64], borders: Collection[int]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of floors, each with at least `_GRAIN` doors but where a border ends it earlier."""
    ends, held = [], 0
    for floor, here in enumerate(doors, start=1):
        held += int(here)
        if held >= _GRAIN or floor in borders:
            ends.append(floor)
            held = 0
    if held and ends and ends[-1] not in borders:
        ends.pop()
    ends = [floor for floor in ends if floor != len(doors)] + [len(doors)]
    yield from zip([0, *ends[:-1]], ends, strict=True)


def joined(atoms: Sequence[Atom], grid_of: Sequence[int]) -> Iterator[tuple[int, str, int, int, int]]:
    """Join the atoms of each unit that lie in one grid.

    Yields
    ------
    Unit, part ("", "e2" or "e2f1-9"), grid, households and shops: one for each row of the assignment.
    """
    by_unit: dict[int, list[tuple[Atom, int]]] = defaultdict(list)
    for atom, grid in zip(atoms, grid_of, strict=True):
        by_unit[atom.unit].append((atom, grid))
    for unit, members in sorted(by_unit.items()):
        whole = len({grid for _, grid in members}) == 1
        for part, grid, run in [("", members[0][1], members)] if whole else list(_parts(members)):
            held = [atom for atom, _ in run]
            yield unit, part, grid, sum(a.households for a in held), sum(a.shops for a in held)


def _parts(members: list[tuple[Atom, int]]) -> Iterator[tuple[str, int, list[tuple[Atom, int]]]]:
    """Runs of floors of one entrance in one grid, with the way to write each."""
    members = sorted(members, key=lambda member: (member[0].entrance, member[0].low))
    for entrance, within in groupby(members, key=lambda member: member[0].entrance):
        runs = [list(run) for _, run in groupby(within, key=lambda member: member[1])]
        for run in runs:
            floors = f"f{run[0][0].low}-{run[-1][0].high}" if len(runs) > 1 else ""
            yield f"e{entrance}{floors}", run[0][1], run


def read_part(part: str) -> tuple[int, int, int] | None:
    """Entrance, lowest and highest floor of a written part; 0 stands for "all"; None if it is no part."""
    if not part:
        return 0, 0, 0
    found = _PART.fullmatch(part)
    return None if found is None else (int(found[1]), int(found[2] or 0), int(found[3] or 0))
