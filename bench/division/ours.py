"""Our engine on the arrays of a generated district."""

from __future__ import annotations

import numpy as np
import shapely

from shige.division.engine.doors import Doors, plain
from shige.division.engine.levels import draw, micros
from shige.division.engine.revision import redraw
from shige.division.order import crossing, neighbours
from shige.profile.grids import Bounds, GridRules

from .districts import District, Ints

BALANCED = GridRules(style="balanced", effort=1, micro=Bounds(low=30, target=65, high=100))
STREETS = GridRules(style="streets", effort=1)


def drawn(district: District, rules: GridRules, *, both: bool = True) -> tuple[Ints, Ints | None]:
    """Micro-grids and general grids of a district, graph included; `both`: general grids too."""
    micro, general = np.zeros((2, len(district.households)), dtype=np.int64)
    grids = generals = 0
    for atoms in communities(district):
        doors = doors_of(district, atoms)
        fixed = np.full(len(atoms), -1, dtype=np.int64)
        if both:
            levels = draw(doors, rules, fixed)
            micro[atoms], general[atoms] = levels.micro + grids, levels.general + generals
            generals += int(levels.general.max()) + 1
        else:
            micro[atoms] = micros(doors, rules, fixed) + grids
        grids = int(micro[atoms].max()) + 1
    return micro, general if both else None


def drawn_again(district: District, rules: GridRules, before: Ints, above: Ints) -> tuple[Ints, Ints]:
    """Divide again from the division in force, -1 for new atoms."""
    micro, general = np.zeros((2, len(before)), dtype=np.int64)
    grids = generals = 0
    for atoms in communities(district):
        doors = doors_of(district, atoms, before[atoms], above[atoms])
        levels = redraw(doors, rules, np.full(len(atoms), -1, dtype=np.int64))
        micro[atoms], general[atoms] = levels.micro + grids, levels.general + generals
        grids, generals = int(micro[atoms].max()) + 1, int(general[atoms].max()) + 1
    return micro, general


def communities(district: District) -> list[Ints]:
    """Atoms of each community."""
    order = np.argsort(district.community, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(district.community[order])) + 1)


def doors_of(district: District, atoms: Ints, before: Ints | None = None, above: Ints | None = None) -> Doors:
    """One community as the engine reads it."""
    points = district.points[atoms]
    pairs = neighbours(points)
    river = district.rivers.get(int(district.community[atoms[0]]))
    between = np.zeros(len(pairs), dtype=np.int64)
    if river is not None:
        between[crossing(points, pairs, [shapely.LineString(river)]) >= 0] = 2
    compound = np.unique(district.compound[atoms], return_inverse=True)[1].astype(np.int64)
    known = [None if numbers is None else _local(numbers) for numbers in (before, above)]
    return plain(points, district.households[atoms], compound, pairs, between, *known)


def _local(numbers: Ints) -> Ints:
    """Count the numbers of one community from 0; -1 stays."""
    present = np.unique(numbers[numbers >= 0])
    return np.where(numbers >= 0, np.searchsorted(present, numbers), -1)
