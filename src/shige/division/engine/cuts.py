"""Cut the atoms of one or two grids into two: every connected way where they are few, along trees else."""

from __future__ import annotations

import numpy as np

from .compiled import leaf, loop
from .exact import halve_exactly
from .ground import LOCAL, MOST_EXACT, PARENT, SIZE, STACK, WEIGHT, Floats, Ground, Ints, Marks, Prices, X, Y
from .prices import price, rough
from .rows import tree


@loop
def halve(
    ground: Ground,
    prices: Prices,
    region: Ints,
    limit: float,
    trees: int,
    seed: int,
    marks: Marks,
    side: Ints,
) -> float:
    """Find the cheapest two grids of a region that cost less than `limit`.

    Returns their price (`limit` where there are none) and marks, in `side` (by atom), 1 for one of them.
    """
    if len(region) <= MOST_EXACT:
        return halve_exactly(ground, prices, region, limit, marks, side)
    return _along_trees(ground, prices, region, limit, trees, seed, marks, side)


@loop
def _along_trees(
    ground: Ground,
    prices: Prices,
    region: Ints,
    limit: float,
    trees: int,
    seed: int,
    marks: Marks,
    side: Ints,
) -> float:
    count, best = len(region), limit
    parent = marks.atoms[:, PARENT]
    held = np.empty((5, count))
    for turn in range(trees):
        start = (turn * 7919) % count
        region[0], region[start] = region[start], region[0]
        order = tree(ground, region, seed + turn, marks)
        if len(order) < count:
            return best
        _gather(ground, order, parent, marks.atoms[:, LOCAL], held)
        for k in range(1, count):
            cost = _branch(held, k, prices)
            if cost < best:
                cost = _priced_branch(ground, prices, order, parent, k, best, marks)
                if cost < best:
                    best = cost
                    _mark(order, parent, k, side)
    return best


@leaf
def _gather(ground: Ground, order: Ints, parent: Ints, place: Ints, held: Floats) -> None:
    """Sums of the branch that begins at each atom of a tree."""
    for k in range(len(order)):
        atom = order[k]
        place[atom] = k
        heavy, east, north = ground.values[atom, WEIGHT], ground.values[atom, X], ground.values[atom, Y]
        held[0, k], held[1, k] = ground.values[atom, SIZE], heavy
        held[2, k], held[3, k] = heavy * east, heavy * north
        held[4, k] = heavy * (east * east + north * north)
    for k in range(len(order) - 1, 0, -1):
        above = place[parent[order[k]]]
        for row in range(5):
            held[row, above] += held[row, k]


@leaf
def _branch(held: Floats, k: int, prices: Prices) -> float:
    cost = rough(held[0, k], held[1, k], held[2, k], held[3, k], held[4, k], prices)
    return cost + rough(
        held[0, 0] - held[0, k], held[1, 0] - held[1, k], held[2, 0] - held[2, k],
        held[3, 0] - held[3, k], held[4, 0] - held[4, k], prices,
    )  # fmt: skip


@leaf
def _mark(order: Ints, parent: Ints, k: int, side: Ints) -> None:
    """Mark the branch that begins at the k-th atom of a tree."""
    for atom in order:
        side[atom] = 0
    side[order[k]] = 1
    for later in range(k + 1, len(order)):
        side[order[later]] = side[parent[order[later]]]


@loop
def _priced_branch(
    ground: Ground, prices: Prices, order: Ints, parent: Ints, k: int, best: float, marks: Marks
) -> float:
    flag = marks.atoms[:, STACK]  # free until `price` needs it, and read before
    for atom in order:
        flag[marks.atoms[atom, LOCAL]] = 0
    flag[k] = 1
    for later in range(k + 1, len(order)):
        flag[later] = flag[marks.atoms[parent[order[later]], LOCAL]]
    one = np.empty(len(order), np.int64)
    low, high = 0, len(order)
    for place in range(len(order)):
        if flag[place]:
            one[low] = order[place]
            low += 1
        else:
            high -= 1
            one[high] = order[place]
    cost = price(ground, prices, one[:low], best, marks)
    return cost if cost >= best else cost + price(ground, prices, one[low:], best - cost, marks)
