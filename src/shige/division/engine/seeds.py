"""First divisions: atoms in a row along a Hilbert curve, compound by compound, and the row cut exactly."""

from __future__ import annotations

import numpy as np

from .compiled import loop
from .ground import COMPOUND, WALLED, Floats, Ground, Ints, Marks, Prices, X, Y
from .rows import cut_row, labels_of

_BITS = 12


@loop
def hilbert(x: Floats, y: Floats, turn: int) -> Ints:
    """Position of each point along a Hilbert curve over their box, in one of its 8 positions."""
    full, steps = 2**_BITS - 1, np.zeros(len(x), np.int64)
    extent = max(x.max() - x.min(), y.max() - y.min(), 1e-9)
    for k in range(len(x)):
        east, north = int((x[k] - x.min()) / extent * full), int((y[k] - y.min()) / extent * full)
        east, north = (full - east if turn & 1 else east), (full - north if turn & 2 else north)
        if turn & 4:
            east, north = north, east
        side = 2 ** (_BITS - 1)
        while side:
            right, upper = int((east & side) > 0), int((north & side) > 0)
            steps[k] += side * side * ((3 * right) ^ upper)
            if not upper:
                if right:
                    east, north = full - east, full - north
                east, north = north, east
            side >>= 1
    return steps


@loop
def _grouped(steps: Ints, ground: Ground) -> Ints:
    """Order atoms by the middle of their compound on the curve, then by their own place on it."""
    group = np.where(ground.kinds[:, COMPOUND] >= 0, ground.kinds[:, COMPOUND], ground.kinds[:, WALLED])
    middle = np.zeros(group.max() + 2)
    count = np.zeros(group.max() + 2)
    for k in range(len(steps)):
        middle[group[k]] += steps[k]
        count[group[k]] += 1
    keys = np.empty(len(steps))
    for k in range(len(steps)):
        keys[k] = middle[group[k]] / count[group[k]] if group[k] >= 0 else float(steps[k])
    inner = np.argsort(steps, kind="mergesort")
    return inner[np.argsort(keys[inner], kind="mergesort")]


@loop
def seed_labels(ground: Ground, prices: Prices, first: int, curves: int, marks: Marks, label: Ints) -> float:
    """Fill `label` with the cheapest cut along curves in `curves` positions from `first` on."""
    best = np.inf
    for turn in range(first, first + curves):
        row = _grouped(hilbert(ground.values[:, X], ground.values[:, Y], turn % 8), ground)
        cost, start = cut_row(ground, prices, row, best, marks)
        if cost < best:
            best = cost
            labels_of(row, start, label)
    return best
