"""Deterministic descent: merge adjacent grids and cut them again for as long as that lowers the price.

Recombination of adjacent districts along spanning trees is that of DeFord, Duchin and Solomon (2021), there
to sample, here to descend; small pairs are cut exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shige.division.engine.ground import Ground, Ints, Marks, Prices
from shige.division.engine.pairs import try_pairs
from shige.division.engine.regions import try_region
from shige.division.engine.state import State, state_of

from .compiled import loop
from .seeds import seed_labels


class Search(NamedTuple):
    """How hard to look.

    Attributes
    ----------
    trees
        Spanning trees along which a pair is cut where it is too large to be cut in every way.
    rows, wide, most
        Rows along which a region is cut; how many neighbours, and how many atoms, it may have.
    passes
        Over all grids, at most.
    """

    trees: int
    rows: int
    wide: int
    most: int
    passes: int
    seed: int


@loop
def descend(ground: Ground, prices: Prices, label: Ints, dirty: Ints, search: Search, marks: Marks) -> float:
    """Improve a division in place and return its price.

    Parameters
    ----------
    label
        Numbers grids below len(label); parts of a grid that do not hang together become grids of their own.
    dirty
        By grid number, 1: only near these, and near what is out of bounds, anything changes.
    """
    state = state_of(ground, prices, label, dirty, marks)
    for turn in range(search.passes):
        before = state.clock[0]
        _pass(ground, prices, state, search, turn, marks)
        if state.clock[0] == before:
            break
    return float(state.cost.sum())


@loop
def solve(ground: Ground, prices: Prices, search: Search, turn: int, marks: Marks, label: Ints) -> float:
    """Fill `label` (n,) with the grids that come of beginning number `turn`, and return their price."""
    seed_labels(ground, prices, 2 * turn, 2 if turn < 4 else 1, marks, label)
    return descend(ground, prices, label, np.ones(len(label), np.int64), search, marks)


@loop
def _pass(ground: Ground, prices: Prices, state: State, search: Search, turn: int, marks: Marks) -> None:
    """Look at every grid once by pairs, then once by regions."""
    side = np.zeros(len(state.label), np.int64)
    seed = search.seed + 101 * turn
    for grid in range(len(state.label)):
        if state.first[grid] >= 0:
            try_pairs(ground, prices, state, grid, search.trees, seed, marks, side)
    for grid in range(len(state.label)):
        if search.rows and state.first[grid] >= 0:
            try_region(ground, prices, state, grid, search.wide, search.rows, search.most, seed, marks)
