"""Prices of borders and of keeping together, and everything else that a cut needs to know of a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shige.division.cutting import Row
from shige.division.pieces import Atom
from shige.division.units import Unit
from shige.profile.grids import GridRules
from shige.walking import climb_seconds, round_hours

# In the money of `cutting`: a broken bound costs 100.
_ACROSS_BARRIER_MICRO, _ACROSS_BARRIER_GENERAL = 20.0, 8.0
_WITHIN_COMPOUND_MICRO, _WITHIN_COMPOUND_GENERAL = 0.2, 1.0
_OTHER_COMPOUND = 0.1
_WITHIN_UNIT = 10.0  # a building that could stay whole
_BETWEEN_ENTRANCES, _BETWEEN_FLOORS = 0.2, 0.5  # of a building that cannot
_MIXED = 2.0  # part of a split building with another building: their areas would have to be one


def row_of(
    atoms: Sequence[Atom],
    units: Sequence[Unit],
    points: NDArray[np.float64],
    block: NDArray[np.int64],
    before: NDArray[np.int64],
    rules: GridRules,
) -> Row:
    """Describe atoms in order to `cutting.cut`.

    Parameters
    ----------
    points, block
        Metres and block of each unit.
    before
        Number of the micro-grid in force of each atom, -1 where there is none.
    """
    where = np.array([atom.unit for atom in atoms], dtype=np.int64)
    steps = np.hypot(*np.diff(points[where], axis=0, prepend=points[where[:1]]).T)
    seams = np.zeros((4, len(atoms)))
    for k in range(1, len(atoms)):
        across = block[atoms[k - 1].unit] != block[atoms[k].unit]
        seams[:, k] = _seam(atoms[k - 1], atoms[k], units, bool(across), rules)
    return Row(
        households=np.array([atom.households for atom in atoms], dtype=np.int64),
        doors=np.array([atom.households + atom.shops for atom in atoms], dtype=np.int64),
        x=points[where, 0],
        y=points[where, 1],
        hours=np.array([_hours(a, units[a.unit], s, rules) for a, s in zip(atoms, steps, strict=True)]),
        cut_micro=seams[0],
        cut_general=seams[1],
        join_micro=seams[2],
        join_general=seams[3],
        before=before,
    )


def _hours(atom: Atom, unit: Unit, metres: float, rules: GridRules) -> float:
    entrances = 1 if atom.entrance else unit.entrances
    climb = entrances * climb_seconds(atom.high - atom.low + 1, unit.lift, rules)
    return round_hours(atom.households + atom.shops, climb, metres, rules)


def _seam(
    last: Atom, atom: Atom, units: Sequence[Unit], across: bool, rules: GridRules
) -> tuple[float, float, float, float]:
    """Prices (cut micro, cut general, join micro, join general) between one atom and the next."""
    if last.unit == atom.unit:
        return _within_unit(last, atom, units[atom.unit], rules)
    one, other = units[last.unit], units[atom.unit]
    if one.compound and one.compound == other.compound:
        prices = [_WITHIN_COMPOUND_MICRO, _WITHIN_COMPOUND_GENERAL, 0.0, 0.0]
    else:
        prices = [0.0, 0.0, _OTHER_COMPOUND, 0.0]
    if across:
        prices[2:] = [_ACROSS_BARRIER_MICRO, _ACROSS_BARRIER_GENERAL]
    if one.doors > rules.micro.high or other.doors > rules.micro.high:
        prices[2] += _MIXED
    return prices[0], prices[1], prices[2], prices[3]


def _within_unit(last: Atom, atom: Atom, unit: Unit, rules: GridRules) -> tuple[float, float, float, float]:
    general = _WITHIN_UNIT if unit.households > rules.general.high else np.inf
    if unit.doors <= rules.micro.high:
        return _WITHIN_UNIT, general, 0.0, 0.0
    micro = _BETWEEN_ENTRANCES if last.entrance != atom.entrance else _BETWEEN_FLOORS
    return micro, general, 0.0, 0.0
