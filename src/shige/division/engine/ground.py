"""What the compiled loops read: doors as arrays with their neighbour graph, and prices as numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_EXACT = 11  # atoms of two grids up to which every border between them is tried


class Ground(NamedTuple):
    """Atoms (n,) of one community and their neighbour graph in CSR form; numbers are -1 where there is none.

    Attributes
    ----------
    x, y
        Metres.
    weight
        What the shape of a grid is weighed by, above zero.
    size
        What the bounds count: doors for micro-grids, households for general grids.
    later
        The same as it is expected to become.
    hours, load
        Work at the atom in one round, and its measured hours of a month.
    compound, walled, street, house
        Numbers of its compound, of the compound where that could be a grid of its own, of the block between
        roads, and of the building where that has to be split.
    before, movers, held
        Number of the grid in force, households that would move, and those that each grid in force held.
    starts, ends, between
        Neighbours of atom k are ends[starts[k]:starts[k + 1]], with what lies between: 0 nothing, 1 other
        buildings, 2 a barrier.
    foes
        Pairs (f, 2) that have to lie in different grids.
    """

    x: Floats
    y: Floats
    weight: Floats
    size: Floats
    later: Floats
    hours: Floats
    load: Floats
    compound: Ints
    walled: Ints
    street: Ints
    house: Ints
    before: Ints
    movers: Floats
    held: Floats
    starts: Ints
    ends: Ints
    between: Ints
    foes: Ints


class Prices(NamedTuple):
    """Prices of one grid, in households x metres; a breach outweighs a barrier, a barrier all the rest."""

    low: float
    target: float
    high: float
    breach: float
    barrier: float
    apart: float
    shape: float
    size: float
    piece: float
    mixed: float
    outsider: float
    street: float
    house: float
    moving: float
    growth: float
    even_load: float
    load: float
    overtime: float
    aim: float
    pace: float


class Marks(NamedTuple):
    """Room to work in, so that the loops allocate nothing; `tick` makes older marks void."""

    tick: Ints
    inside: Ints
    done: Ints
    stack: Ints
    compound: Ints
    walled: Ints
    street: Ints
    house: Ints
    overlap: Ints
    overlaps: Floats
    sums: Floats
    local: Ints


def marks_for(ground: Ground) -> Marks:
    """Make room for the atoms of one community."""
    count = len(ground.x)

    def void(numbers: Ints) -> Ints:
        return np.full(int(numbers.max(initial=0)) + 1, -1, dtype=np.int64)

    return Marks(
        tick=np.zeros(1, dtype=np.int64),
        inside=np.full(count, -1, dtype=np.int64),
        done=np.full(count, -1, dtype=np.int64),
        stack=np.zeros(count, dtype=np.int64),
        compound=void(ground.compound),
        walled=void(ground.walled),
        street=void(ground.street),
        house=void(ground.house),
        overlap=np.full(len(ground.held) + 1, -1, dtype=np.int64),
        overlaps=np.zeros(len(ground.held) + 1),
        sums=np.zeros((5, 2**MOST_EXACT)),
        local=np.zeros(count, dtype=np.int64),
    )
