"""What the compiled loops read: doors as tables with their neighbour graph, and prices as numbers.

Tables rather than one array for each column: compiled functions hand arrays on by value.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_EXACT = 11  # atoms of two grids up to which every border between them is tried

X, Y, WEIGHT, SIZE, LATER, HOURS, LOAD, MOVERS = range(8)
COMPOUND, WALLED, STREET, HOUSE, BEFORE = range(5)
INSIDE, DONE, STACK, LOCAL, PARENT = range(5)


class Ground(NamedTuple):
    """Atoms of one community and their neighbour graph.

    Attributes
    ----------
    values
        Shape (n, 8): place in metres (X, Y); what the shape of a grid is weighed by, above zero (WEIGHT);
        what the bounds count, now and as expected (SIZE, LATER); hours of a round (HOURS); hours of a month
        as measured (LOAD); households that would move (MOVERS).
    kinds
        Shape (n, 5), -1 for none: numbers of the compound (COMPOUND), of the compound where that could be a
        grid of its own (WALLED), of the block between roads (STREET), of the building where that has to be
        split (HOUSE), and of the grid in force (BEFORE).
    held
        Households of each grid in force.
    starts, edges
        Neighbours of atom k are edges[starts[k]:starts[k + 1], 0], with what lies between in column 1:
        0 nothing, 1 other buildings, 2 a barrier.
    far
        Length of each of these, as a spanning tree sees it: other compounds, streets and barriers are far.
    foes
        Pairs (f, 2) that have to lie in different grids.
    """

    values: Floats
    kinds: Ints
    held: Floats
    starts: Ints
    edges: Ints
    far: Floats
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
    """Room to work in, so that the loops allocate nothing; `tick` makes older marks void.

    `atoms` has a row for each atom (INSIDE, DONE, STACK, LOCAL, PARENT), `numbers` one for each number of a
    kind, `reach` a length for each atom, `tally` what `pricing` adds up,
    `sums` a row for each sum over every set of a few atoms.
    """

    tick: Ints
    atoms: Ints
    numbers: Ints
    overlaps: Floats
    reach: Floats
    tally: Floats
    sums: Floats


def marks_for(ground: Ground) -> Marks:
    """Make room for the atoms of one community."""
    atoms = np.full((len(ground.values), 5), -1, dtype=np.int64)
    numbers = np.full((int(ground.kinds.max(initial=0)) + 1, 5), -1, dtype=np.int64)
    return Marks(
        np.zeros(1, dtype=np.int64),
        atoms,
        numbers,
        np.zeros(len(ground.held)),
        np.zeros(len(ground.values)),
        np.zeros(17),
        np.zeros((6, 2**MOST_EXACT)),
    )
