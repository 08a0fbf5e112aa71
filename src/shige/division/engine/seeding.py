"""First divisions: rows along Hilbert curves and spanning trees, cut exactly; the cheapest few are kept."""

from __future__ import annotations

import numpy as np
from numba import njit

from shige.division.engine.ground import COMPOUND, SIZE, WALLED, Floats, Ground, Ints, Marks, Prices, X, Y
from shige.division.engine.rows import cut_row, depth_first, labels_of, tree

_BITS = 12


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
def seed_labels(ground: Ground, prices: Prices, curves: int, trees: int, marks: Marks, label: Ints) -> float:
    """Fill `label` with the cheapest cut among rows along `curves` curves and `trees` spanning trees."""
    best = np.inf
    for turn in range(curves):
        steps = hilbert(ground.values[:, X], ground.values[:, Y], turn)
        row = _grouped(steps, ground)
        cost, start = cut_row(ground, prices, row, best, marks)
        if cost < best:
            best = cost
            labels_of(row, start, label)
    parent = np.full(len(label), -1, np.int64)
    reach = np.empty(len(label))
    for turn in range(trees):
        region = np.arange(len(label))
        swap = (turn * 7919) % len(label)
        region[0], region[swap] = region[swap], region[0]
        order = tree(ground, region, turn, marks, parent, reach)
        if len(order) < len(label):
            break
        row = depth_first(order, parent, marks, ground.values[:, SIZE])
        cost, start = cut_row(ground, prices, row, best, marks)
        if cost < best:
            best = cost
            labels_of(row, start, label)
    return best
