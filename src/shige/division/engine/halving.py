"""Cut the atoms of one or two grids into two: every connected way where they are few, along trees else."""

from __future__ import annotations

import numpy as np
from numba import njit

from shige.division.engine.ground import (
    INSIDE,
    LOCAL,
    MOST_EXACT,
    SIZE,
    STACK,
    WEIGHT,
    Floats,
    Ground,
    Ints,
    Marks,
    Prices,
    X,
    Y,
)
from shige.division.engine.pricing import price, rough
from shige.division.engine.rows import tree


@njit(cache=True)
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
        return _exactly(ground, prices, region, limit, marks, side)
    return _along_trees(ground, prices, region, limit, trees, seed, marks, side)


@njit(cache=True)
def _connected(mask: int, near: Ints) -> bool:
    reached = mask & -mask
    while True:
        grown, left = reached, reached
        k = 0
        while left:
            if left & 1:
                grown |= near[k]
            left >>= 1
            k += 1
        grown &= mask
        if grown == reached:
            return reached == mask
        reached = grown


@njit(cache=True)
def _near(ground: Ground, region: Ints, marks: Marks) -> Ints:
    """Neighbours of each atom within the region, as bits."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    for k in range(len(region)):
        marks.atoms[region[k], INSIDE] = tick
        marks.atoms[region[k], LOCAL] = k
    near = np.zeros(len(region), np.int64)
    for k in range(len(region)):
        for edge in range(ground.starts[region[k]], ground.starts[region[k] + 1]):
            if marks.atoms[ground.edges[edge, 0], INSIDE] == tick:
                near[k] |= 1 << marks.atoms[ground.edges[edge, 0], LOCAL]
    return near


@njit(cache=True)
def _fill_sums(ground: Ground, region: Ints, sums: Floats) -> None:
    """Sums of every set of atoms, by its bits: size, weight, x, y and squares."""
    sums[:, 0] = 0.0
    for k in range(len(region)):
        atom, bit = region[k], 1 << k
        heavy, east, north = ground.values[atom, WEIGHT], ground.values[atom, X], ground.values[atom, Y]
        for rest in range(bit):
            mask = bit | rest
            sums[0, mask] = sums[0, rest] + ground.values[atom, SIZE]
            sums[1, mask] = sums[1, rest] + heavy
            sums[2, mask] = sums[2, rest] + heavy * east
            sums[3, mask] = sums[3, rest] + heavy * north
            sums[4, mask] = sums[4, rest] + heavy * (east * east + north * north)


@njit(cache=True)
def _rough_of(sums: Floats, mask: int, prices: Prices) -> float:
    return rough(sums[0, mask], sums[1, mask], sums[2, mask], sums[3, mask], sums[4, mask], prices)


@njit(cache=True)
def _exactly(ground: Ground, prices: Prices, region: Ints, limit: float, marks: Marks, side: Ints) -> float:
    count = len(region)
    near, sums = _near(ground, region, marks), marks.sums
    _fill_sums(ground, region, sums)
    full = (1 << count) - 1
    best, found = limit, 0
    for mask in range(1, 1 << (count - 1)):  # the last atom is always on the other side
        if _rough_of(sums, mask, prices) + _rough_of(sums, full ^ mask, prices) >= best:
            continue
        if not (_connected(mask, near) and _connected(full ^ mask, near)):
            continue
        cost = _priced(ground, prices, region, mask, best, marks)
        if cost < best:
            best, found = cost, mask
    if found:
        for k in range(count):
            side[region[k]] = (found >> k) & 1
    return best


@njit(cache=True)
def _priced(ground: Ground, prices: Prices, region: Ints, mask: int, best: float, marks: Marks) -> float:
    """Full price of a set of bits and its complement."""
    one = np.empty(len(region), np.int64)
    low, high = 0, len(region)
    for k in range(len(region)):
        if (mask >> k) & 1:
            one[low] = region[k]
            low += 1
        else:
            high -= 1
            one[high] = region[k]
    cost = price(ground, prices, one[:low], best, marks)
    return cost if cost >= best else cost + price(ground, prices, one[low:], best - cost, marks)


@njit(cache=True)
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
    parent = np.full(len(ground.values), -1, np.int64)
    reach = np.empty(len(ground.values))
    held = np.empty((5, count))
    for turn in range(trees):
        start = (turn * 7919) % count
        region[0], region[start] = region[start], region[0]
        order = tree(ground, region, seed + turn, marks, parent, reach)
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


@njit(cache=True)
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


@njit(cache=True)
def _branch(held: Floats, k: int, prices: Prices) -> float:
    cost = rough(held[0, k], held[1, k], held[2, k], held[3, k], held[4, k], prices)
    return cost + rough(
        held[0, 0] - held[0, k], held[1, 0] - held[1, k], held[2, 0] - held[2, k],
        held[3, 0] - held[3, k], held[4, 0] - held[4, k], prices,
    )  # fmt: skip


@njit(cache=True)
def _mark(order: Ints, parent: Ints, k: int, side: Ints) -> None:
    """Mark the branch that begins at the k-th atom of a tree."""
    for atom in order:
        side[atom] = 0
    side[order[k]] = 1
    for later in range(k + 1, len(order)):
        side[order[later]] = side[parent[order[later]]]


@njit(cache=True)
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
