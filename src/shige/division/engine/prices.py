"""The price of one grid: everything that a division weighs is a sum of these over its grids."""

from __future__ import annotations

import numpy as np

from .compiled import leaf
from .ground import (
    BEFORE,
    COMPOUND,
    DONE,
    HOURS,
    HOUSE,
    INSIDE,
    LATER,
    LOAD,
    MOVERS,
    SIZE,
    STACK,
    STREET,
    WALLED,
    WEIGHT,
    Floats,
    Ground,
    Ints,
    Marks,
    Prices,
    X,
    Y,
)

# A tally: sums over atoms, then for each kind of number how many are seen, and how many atoms have one.
_SIZES, _WEIGHTS, _EAST, _NORTH, _SQUARES, _LATER, _HOURS, _LOAD, _ATOMS, _SEEN, _, _, _, _HELD = range(14)
_KINDS = 4  # COMPOUND, WALLED, STREET, HOUSE


@leaf
def rough(size: float, weight: float, x: float, y: float, squares: float, prices: Prices) -> float:
    """Price of size and shape from sums alone: no grid with these sums is cheaper.

    `weight`, `x`, `y` and `squares` are the sums over its atoms of their weight w, of w times their place in
    metres, and of w times its square.
    """
    cost = prices.size * (size - prices.target) ** 2
    cost += prices.shape * max(squares - (x * x + y * y) / weight, 0.0)
    short, over = max(prices.low - size, 0.0), max(size - prices.high, 0.0)
    breach = 1.0 * (short > 0.0) + short / prices.low + 1.0 * (over > 0.0) + 2.0 * over / prices.high
    return float(cost + prices.breach * breach)  # without branches, so that sets are priced side by side


@leaf
def price(ground: Ground, prices: Prices, members: Ints, limit: float, marks: Marks) -> float:
    """Price of the grid of these atoms; infinite where nothing connects them, or from `limit` on."""
    tally = marks.tally
    tick = begin(tally, marks)
    for atom in members:
        include(ground, atom, tick, marks, tally)
    cost = amount(prices, tally)
    return connected(ground, prices, members, cost, marks) if cost < limit else np.inf


@leaf
def begin(tally: Floats, marks: Marks) -> int:
    """Empty a tally; returns the tick by which it knows what it has seen."""
    tally[:] = 0.0
    marks.tick[0] += 1
    return int(marks.tick[0])


@leaf
def include(ground: Ground, atom: int, tick: int, marks: Marks, tally: Floats) -> None:
    """Add an atom to a tally."""
    values, kinds = ground.values, ground.kinds
    heavy, east, north = values[atom, WEIGHT], values[atom, X], values[atom, Y]
    tally[_SIZES] += values[atom, SIZE]
    tally[_WEIGHTS] += heavy
    tally[_EAST] += heavy * east
    tally[_NORTH] += heavy * north
    tally[_SQUARES] += heavy * (east * east + north * north)
    tally[_LATER] += values[atom, LATER]
    tally[_HOURS] += values[atom, HOURS]
    tally[_LOAD] += values[atom, LOAD]
    tally[_ATOMS] += 1.0
    for kind in range(_KINDS):
        number = kinds[atom, kind]
        if number >= 0:
            tally[_HELD + kind] += 1.0
            if marks.numbers[number, kind] != tick:
                marks.numbers[number, kind] = tick
                tally[_SEEN + kind] += 1.0


@leaf
def amount(prices: Prices, tally: Floats) -> float:
    """Price of what a tally holds, without what depends on how it hangs together."""
    weight, squares, atoms = tally[_WEIGHTS], tally[_SQUARES], tally[_ATOMS]
    x, y = tally[_EAST], tally[_NORTH]
    cost = rough(tally[_SIZES], weight, x, y, squares, prices)
    cost += prices.growth * max(tally[_LATER] - prices.high, 0.0)
    cost += prices.load * (tally[_LOAD] - prices.even_load) ** 2
    cost += prices.piece * tally[_SEEN + COMPOUND] + prices.house * tally[_SEEN + HOUSE]
    cost += prices.street * max(tally[_SEEN + STREET] - 1.0, 0.0)
    cost += prices.mixed * max(tally[_SEEN + WALLED] - 1.0, 0.0)
    if 0.0 < tally[_HELD + WALLED] < atoms:
        cost += prices.outsider
    if tally[_SEEN + HOUSE] > 1.0 or 0.0 < tally[_HELD + HOUSE] < atoms:
        cost += prices.house
    if prices.overtime > 0.0:
        area = 6.3 * max(squares - (x * x + y * y) / weight, 0.0) / weight
        hours = tally[_HOURS] + prices.pace * np.sqrt(atoms * area)
        cost += prices.overtime * max(hours - prices.aim, 0.0)
    return float(cost)


@leaf
def connected(ground: Ground, prices: Prices, members: Ints, cost: float, marks: Marks) -> float:
    """Add to the price of these atoms what depends on how they hang together; infinite where they do not."""
    _mark(members, marks)
    if len(members) > 1 and _reached(ground, members[0], 2, marks.tick[0], marks) < len(members):
        return np.inf
    return float(cost + _rarer(ground, prices, members, marks))


@leaf
def _mark(members: Ints, marks: Marks) -> None:
    """Mark the atoms to be walked, by a new tick."""
    marks.tick[0] += 1
    for atom in members:
        marks.atoms[atom, INSIDE] = marks.tick[0]


@leaf
def _rarer(ground: Ground, prices: Prices, members: Ints, marks: Marks) -> float:
    """Prices that only some communities have."""
    cost = 0.0
    if prices.barrier > 0.0:
        cost += prices.barrier * (components(ground, members, 1, marks) - 1)
    if prices.apart > 0.0:
        cost += prices.apart * (components(ground, members, 0, marks) - 1)
    if prices.moving > 0.0:
        cost += prices.moving * _moved(ground, members, marks)
    if len(ground.foes):
        cost += prices.breach * _foes(ground, members, marks)
    return cost


@leaf
def components(ground: Ground, members: Ints, most: int, marks: Marks) -> int:
    """Count the parts that atoms lie in, over neighbours with at most this between them."""
    _mark(members, marks)
    tick = marks.tick[0]
    found = reached = 0
    for first in members:
        if marks.atoms[first, DONE] != tick:
            found += 1
            reached += _reached(ground, first, most, tick, marks)
            if reached == len(members):
                break
    return found


@leaf
def _reached(ground: Ground, first: int, most: int, tick: int, marks: Marks) -> int:
    """Mark all that can be reached from an atom, and count it."""
    marks.atoms[first, DONE] = tick
    marks.atoms[0, STACK] = first
    depth, count = 1, 0
    while depth:
        depth -= 1
        count += 1
        atom = marks.atoms[depth, STACK]
        for k in range(ground.starts[atom], ground.starts[atom + 1]):
            other = ground.edges[k, 0]
            if (
                marks.atoms[other, INSIDE] == tick
                and marks.atoms[other, DONE] != tick
                and ground.edges[k, 1] <= most
            ):
                marks.atoms[other, DONE] = tick
                marks.atoms[depth, STACK] = other
                depth += 1
    return count


@leaf
def _moved(ground: Ground, members: Ints, marks: Marks) -> float:
    """Households that leave the grid in force whose number lives on here, or that it loses to here."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    known = kept = 0.0
    for atom in members:
        number = ground.kinds[atom, BEFORE]
        if number >= 0:
            if marks.numbers[number, BEFORE] != tick:
                marks.numbers[number, BEFORE] = tick
                marks.overlaps[number] = 0.0
            marks.overlaps[number] += ground.values[atom, MOVERS]
            known += ground.values[atom, MOVERS]
            if 2.0 * marks.overlaps[number] > ground.held[number]:
                kept = max(kept, marks.overlaps[number])
    return float(known - kept)


@leaf
def _foes(ground: Ground, members: Ints, marks: Marks) -> int:
    """Pairs in the grid that were to be kept apart."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    for atom in members:
        marks.atoms[atom, INSIDE] = tick
    found = 0
    for k in range(len(ground.foes)):
        one, other = ground.foes[k, 0], ground.foes[k, 1]
        found += marks.atoms[one, INSIDE] == tick and marks.atoms[other, INSIDE] == tick
    return found
