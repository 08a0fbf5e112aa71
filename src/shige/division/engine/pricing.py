"""The price of one grid: everything that a division weighs is a sum of these over its grids."""

from __future__ import annotations

import numpy as np
from numba import njit

from shige.division.engine.ground import (
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
    Ground,
    Ints,
    Marks,
    Prices,
    X,
    Y,
)


@njit(cache=True)
def rough(size: float, weight: float, x: float, y: float, squares: float, prices: Prices) -> float:
    """Price of size and shape from sums alone: no grid with these sums is cheaper."""
    cost = prices.size * (size - prices.target) ** 2
    cost += prices.shape * max(squares - (x * x + y * y) / weight, 0.0)
    if size < prices.low:
        cost += prices.breach * (1.0 + (prices.low - size) / prices.low)
    elif size > prices.high:
        cost += prices.breach * (1.0 + 2.0 * (size - prices.high) / prices.high)
    return float(cost)


@njit(cache=True)
def price(ground: Ground, prices: Prices, members: Ints, limit: float, marks: Marks) -> float:
    """Price of the grid of these atoms; infinite where nothing connects them, or from `limit` on."""
    size = weight = x = y = squares = later = hours = load = 0.0
    for atom in members:
        heavy, east, north = ground.values[atom, WEIGHT], ground.values[atom, X], ground.values[atom, Y]
        size += ground.values[atom, SIZE]
        weight += heavy
        x += heavy * east
        y += heavy * north
        squares += heavy * (east * east + north * north)
        later += ground.values[atom, LATER]
        hours += ground.values[atom, HOURS]
        load += ground.values[atom, LOAD]
    cost = rough(size, weight, x, y, squares, prices)
    cost += _kinds(ground, prices, members, marks)
    cost += prices.growth * max(later - prices.high, 0.0)
    cost += prices.load * (load - prices.even_load) ** 2
    if prices.overtime > 0.0:
        ground_area = 6.3 * max(squares - (x * x + y * y) / weight, 0.0) / weight
        hours += prices.pace * np.sqrt(len(members) * ground_area)
        cost += prices.overtime * max(hours - prices.aim, 0.0)
    if cost >= limit or components(ground, members, 2, marks) > 1:
        return np.inf
    return float(cost + _rarer(ground, prices, members, marks))


@njit(cache=True)
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


@njit(cache=True)
def _fresh(seen: Ints, kind: int, number: int, tick: int) -> int:
    """1 where a number of a kind is seen for the first time, else 0."""
    if number < 0 or seen[number, kind] == tick:
        return 0
    seen[number, kind] = tick
    return 1


@njit(cache=True)
def _kinds(ground: Ground, prices: Prices, members: Ints, marks: Marks) -> float:
    """Price of the compounds, street blocks and split buildings that a grid holds pieces of."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    compounds = walled = streets = houses = inside = housed = 0
    for atom in members:
        compounds += _fresh(marks.numbers, COMPOUND, ground.kinds[atom, COMPOUND], tick)
        walled += _fresh(marks.numbers, WALLED, ground.kinds[atom, WALLED], tick)
        streets += _fresh(marks.numbers, STREET, ground.kinds[atom, STREET], tick)
        houses += _fresh(marks.numbers, HOUSE, ground.kinds[atom, HOUSE], tick)
        inside += ground.kinds[atom, WALLED] >= 0
        housed += ground.kinds[atom, HOUSE] >= 0
    cost = prices.piece * compounds + prices.house * houses + prices.street * max(streets - 1, 0)
    cost += prices.mixed * max(walled - 1, 0)
    if walled and inside < len(members):
        cost += prices.outsider
    if houses and (houses > 1 or housed < len(members)):
        cost += prices.house
    return float(cost)


@njit(cache=True)
def components(ground: Ground, members: Ints, most: int, marks: Marks) -> int:
    """Count the parts that atoms lie in, over neighbours with at most this between them."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    for atom in members:
        marks.atoms[atom, INSIDE] = tick
    found = reached = 0
    for first in members:
        if marks.atoms[first, DONE] != tick:
            found += 1
            reached += _reached(ground, first, most, tick, marks)
            if reached == len(members):
                break
    return found


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
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
