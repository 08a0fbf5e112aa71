"""Cut a few atoms into two grids in every connected way, sets of atoms being the bits of numbers."""

from __future__ import annotations

import numpy as np

from shige.division.engine.ground import (
    COMPOUND,
    HOUSE,
    INSIDE,
    LOCAL,
    SIZE,
    WEIGHT,
    Floats,
    Ground,
    Ints,
    Marks,
    Prices,
    X,
    Y,
)

from .compiled import leaf, loop
from .prices import price, rough


@loop
def halve_exactly(
    ground: Ground, prices: Prices, region: Ints, limit: float, marks: Marks, side: Ints
) -> float:
    """Find the cheapest two grids of at most MOST_EXACT atoms, as `halving.halve` does."""
    count = len(region)
    bounds = marks.sums[5]
    _fill_sums(ground, prices, region, marks)
    near = _near(ground, region, marks)
    full = (1 << count) - 1
    best, found = limit, 0
    for mask in range(1, 1 << (count - 1)):  # the last atom is always on the other side
        if bounds[mask] + bounds[full ^ mask] >= best:
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


@leaf
def _fill_sums(ground: Ground, prices: Prices, region: Ints, marks: Marks) -> None:
    """Sums over every set of atoms, last what it costs at least by its size, shape and pieces."""
    size, weight, x, y, squares, bounds = (
        marks.sums[0], marks.sums[1], marks.sums[2], marks.sums[3], marks.sums[4], marks.sums[5],
    )  # fmt: skip
    marks.sums[:, 0] = 0.0
    for k in range(len(region)):
        atom, bit = region[k], 1 << k
        most = ground.values[atom, SIZE]
        heavy, east, north = ground.values[atom, WEIGHT], ground.values[atom, X], ground.values[atom, Y]
        square = heavy * (east * east + north * north)
        for rest in range(bit):
            size[bit + rest] = size[rest] + most
            weight[bit + rest] = weight[rest] + heavy
            x[bit + rest] = x[rest] + heavy * east
            y[bit + rest] = y[rest] + heavy * north
            squares[bit + rest] = squares[rest] + square
        _add_pieces(ground, prices, region, k, bounds)
    for mask in range(1, 1 << len(region)):
        bounds[mask] += rough(size[mask], weight[mask], x[mask], y[mask], squares[mask], prices)


@leaf
def _add_pieces(ground: Ground, prices: Prices, region: Ints, k: int, bounds: Floats) -> None:
    """Begin the bounds of every set that the k-th atom joins, with what its numbers cost there."""
    bit = 1 << k
    for rest in range(bit):
        bounds[bit + rest] = bounds[rest]
    rates = (prices.piece, prices.mixed, prices.street, prices.house)  # COMPOUND, WALLED, STREET, HOUSE
    for kind in range(4):
        if ground.kinds[region[k], kind] < 0 or rates[kind] == 0.0:
            continue
        same, others = _earlier(ground, region, k, kind)
        if kind in (COMPOUND, HOUSE):
            others = -1  # these cost from the first number on, walls and streets from the second
        for rest in range(bit):
            if rest & same == 0 and (bit | rest) & others != 0:
                bounds[bit + rest] += rates[kind]


@leaf
def _earlier(ground: Ground, region: Ints, k: int, kind: int) -> tuple[int, int]:
    """Atoms before the k-th with its number of a kind, and with other numbers, as bits."""
    same = others = 0
    for before in range(k):
        number = ground.kinds[region[before], kind]
        if number == ground.kinds[region[k], kind]:
            same |= 1 << before
        elif number >= 0:
            others |= 1 << before
    return same, others


@loop
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


@leaf
def _connected(mask: int, near: Ints) -> bool:
    reached = fresh = mask & -mask
    while fresh:
        grown, k = 0, 0
        while fresh:
            if fresh & 1:
                grown |= near[k]
            fresh >>= 1
            k += 1
        fresh = grown & mask & ~reached
        reached |= fresh
    return reached == mask


@loop
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
