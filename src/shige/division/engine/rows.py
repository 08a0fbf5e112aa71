"""Cut a row of atoms where the sum of prices is least (prefix dynamic programming), and make such rows."""

from __future__ import annotations

import numpy as np

from shige.division.engine.ground import (
    DONE,
    INSIDE,
    LOCAL,
    PARENT,
    SIZE,
    Floats,
    Ground,
    Ints,
    Marks,
    Prices,
)

from .compiled import leaf, loop
from .prices import amount, begin, connected, include

_HOPE = 0.75  # share of the limit's price for each door that the rest of a row is thought to cost at least
_SLACK = 1.25  # how far over its upper bound a grid may be thought of at all


@loop
def cut_row(ground: Ground, prices: Prices, row: Ints, limit: float, marks: Marks) -> tuple[float, Ints]:
    """Cut a row into connected grids; returns the price and where the grid that ends before k begins.

    The price is infinite where every cut costs `limit` or more. Beginnings are given up where the rest of
    the row, at a good part of the limit's price for each door, cannot make up for them.
    """
    best = np.empty(len(row) + 1)
    start = np.empty(len(row) + 1, np.int64)
    if limit < np.inf and _cut(ground, prices, row, limit, False, marks, best, start) >= limit:
        return np.inf, start  # not even where grids need not hang together
    return _cut(ground, prices, row, limit, True, marks, best, start), start


@leaf
def _cut(
    ground: Ground, prices: Prices, row: Ints, limit: float, whole: bool, marks: Marks, best: Floats,
    start: Ints,
) -> float:  # fmt: skip
    """Cut a row into grids that hang together if they are to be `whole`; fills the price up to each place."""
    count, left = len(row), size_of(ground, row)
    hope = _HOPE * limit / max(left, 1.0) if limit < np.inf else 0.0
    slack = prices.high if limit <= prices.breach else _SLACK * prices.high
    best[:] = np.inf
    best[0] = 0.0
    for i in range(count):
        ceiling = limit - hope * left
        left -= ground.values[row[i], SIZE]
        if best[i] >= ceiling:
            continue
        size, tick = 0.0, begin(marks.tally, marks)
        for j in range(i, count):
            size += ground.values[row[j], SIZE]
            if size > slack and j > i:
                break
            include(ground, row[j], tick, marks, marks.tally)
            most = min(best[j + 1], ceiling + hope * size) - best[i]
            if size < prices.low and most <= prices.breach:
                continue
            cost = amount(prices, marks.tally)
            if cost < most and whole:
                cost = connected(ground, prices, row[i : j + 1], cost, marks)
            if cost < most:
                best[j + 1], start[j + 1] = best[i] + cost, i
    return float(best[count])


@leaf
def size_of(ground: Ground, members: Ints) -> float:
    """What the bounds count (doors or households), in all of these atoms."""
    size = 0.0
    for atom in members:
        size += ground.values[atom, SIZE]
    return size


@leaf
def labels_of(row: Ints, start: Ints, label: Ints) -> int:
    """Number the grids of a cut row, from its end; returns how many there are."""
    last, grid = len(row), 0
    while last > 0:
        for k in range(start[last], last):
            label[row[k]] = grid
        last = start[last]
        grid += 1
    return grid


@leaf
def noise(seed: int, one: int, other: int) -> float:
    """A number in 0..1 that depends on its arguments alone, whichever of the two comes first."""
    low, high = min(one, other), max(one, other)
    mixed = np.uint64(seed * 0x9E3779B1 + low * 0x85EBCA77 + high * 0xC2B2AE3D + 0x27D4EB2F)
    mixed = (mixed ^ (mixed >> np.uint64(15))) * np.uint64(0x2C1B3C6D)
    mixed = (mixed ^ (mixed >> np.uint64(12))) * np.uint64(0x297A2D39)
    mixed = mixed ^ (mixed >> np.uint64(15))
    return float(mixed & np.uint64(0xFFFFF)) / 0xFFFFF


@loop
def tree(ground: Ground, region: Ints, seed: int, marks: Marks) -> Ints:
    """Grow a short spanning tree over a connected region from its first atom.

    Returns the atoms in the order in which they joined; PARENT in the marks of each is -1 at the root. What
    cannot be reached is left out.
    """
    reach = marks.reach
    marks.tick[0] += 1
    tick = marks.tick[0]
    for atom in region:
        marks.atoms[atom, INSIDE] = tick
        reach[atom] = np.inf
    order = np.empty(len(region), np.int64)
    border = np.empty(len(region), np.int64)
    marks.atoms[region[0], PARENT] = -1
    border[0], waiting, joined = region[0], 1, 0
    while waiting:
        nearest = 0
        for k in range(1, waiting):
            if reach[border[k]] < reach[border[nearest]]:
                nearest = k
        atom = border[nearest]
        waiting -= 1
        border[nearest] = border[waiting]
        marks.atoms[atom, DONE] = tick
        order[joined] = atom
        joined += 1
        waiting = _widen(ground, seed, atom, tick, marks, border, waiting)
    return order[:joined]


@leaf
def _widen(ground: Ground, seed: int, atom: int, tick: int, marks: Marks, border: Ints, waiting: int) -> int:
    """Bring an atom's neighbours to the border, or nearer where they are on it; returns how many are."""
    reach = marks.reach
    for k in range(ground.starts[atom], ground.starts[atom + 1]):
        other = ground.edges[k, 0]
        if marks.atoms[other, INSIDE] != tick or marks.atoms[other, DONE] == tick:
            continue
        if reach[other] == np.inf:
            border[waiting] = other
            waiting += 1
        far = ground.far[k] + noise(seed, atom, other)
        if far < reach[other]:
            reach[other], marks.atoms[other, PARENT] = far, atom
    return waiting


@loop
def depth_first(order: Ints, marks: Marks, weight: Floats) -> Ints:
    """Walk a tree so that every branch is a run; the lighter branch of an atom comes first.

    Parameters
    ----------
    order
        As `tree` gives it.
    weight
        Of each atom; room for the weight of its branch.
    """
    count = len(order)
    held = marks.sums[0] if count <= marks.sums.shape[1] else np.zeros(count)
    place, parent = marks.atoms[:, LOCAL], marks.atoms[:, PARENT]
    for k in range(count):
        place[order[k]] = k
        held[k] = weight[order[k]]
    for k in range(count - 1, 0, -1):
        held[place[parent[order[k]]]] += held[k]
    first = np.full(count, -1, np.int64)
    following = np.full(count, -1, np.int64)
    for k in range(1, count):
        _hang(k, place[parent[order[k]]], held, first, following)
    row = np.empty(count, np.int64)
    stack = np.empty(count, np.int64)
    stack[0], depth, done = 0, 1, 0
    while depth:
        depth -= 1
        child = first[stack[depth]]
        row[done] = order[stack[depth]]
        done += 1
        while child >= 0:  # the heaviest first, so that the lightest comes off the stack first
            stack[depth] = child
            depth += 1
            child = following[child]
    return row


@leaf
def _hang(k: int, above: int, held: Floats, first: Ints, following: Ints) -> None:
    """Put a branch into the list of those that begin at one atom, the heaviest first."""
    before, child = -1, first[above]
    while child >= 0 and held[child] >= held[k]:
        before, child = child, following[child]
    following[k] = child
    if before < 0:
        first[above] = k
    else:
        following[before] = k
