"""Cut an ordered row of doors into micro-grids and general grids at once, exactly (dynamic programming)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shige.profile.grids import GridRules

# Prices. Only their relation matters: a broken bound costs 100 and more, a grid across a barrier 20.
_BREACH = 100.0
_SIZE = 4.0  # a micro-grid at twice its target, or a general grid
_SHAPE = 0.4  # a grid as wide as a disc of its size with even density would be
_HOURS = 5.0  # an hour over the aim, where the aim weighs
_SLACK = 1.5  # how far over its upper bound a grid may be thought of at all

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """Atoms in order; every array has shape (n,).

    Attributes
    ----------
    x, y
        Metres.
    hours
        Of a round at the atom, with the way from the atom before it.
    cut_micro, cut_general
        Price of a border before the atom; infinite where none is allowed.
    join_micro, join_general
        Price of one grid that holds this atom and the one before it.
    before
        Number of the micro-grid in force, -1 where there is none.
    """

    households: Ints
    doors: Ints
    x: Floats
    y: Floats
    hours: Floats
    cut_micro: Floats
    cut_general: Floats
    join_micro: Floats
    join_general: Floats
    before: Ints


@dataclass(frozen=True, slots=True)
class Scale:
    """What the rules ask, and how wide a grid would be if doors lay evenly (square metres a door)."""

    rules: GridRules
    metres2_per_door: float
    bounded_general: bool  # False in the countryside: one general grid, whatever its size (R2)


def cut(row: Row, scale: Scale) -> tuple[Ints, Ints, float]:
    """Cut the row where the sum of prices is least.

    Every run of micro-grids is tried as a general grid, so that micro-grids of 30-100 doors add up to
    general grids of 300-500 households where any cut of this order allows it (R2, R3).

    Returns
    -------
    The first atom of each micro-grid, the first atom of each general grid (a subset), and the price.
    """
    found: tuple[Ints, Ints, float] = _best(
        row.households, row.doors, row.x, row.y, row.hours, row.cut_micro, row.cut_general,
        row.join_micro, row.join_general, row.before, _prices(row, scale), scale.bounded_general,
    )  # fmt: skip
    return found


class _Prices(NamedTuple):
    """Rules as numbers that compiled code reads; `even` is the spread of one door in a disc, by level."""

    micro_low: float
    micro_target: float
    micro_high: float
    general_low: float
    general_target: float
    general_high: float
    aim_hours: float
    overtime: float
    moving: float
    even_micro: float
    even_general: float


def _prices(row: Row, scale: Scale) -> _Prices:
    rules, even = scale.rules, scale.metres2_per_door / (2 * np.pi)
    doors_per_household = row.doors.sum() / max(int(row.households.sum()), 1)
    numbers = (
        *(rules.micro.low, rules.micro.target, rules.micro.high),
        *(rules.general.low, rules.general.target, rules.general.high),
        rules.aim_hours,
        {"binds": _BREACH, "weighs": _HOURS, "informs": 0.0}[rules.aim],
        rules.moving_price,
        even,
        even * doors_per_household,
    )
    return _Prices(*map(float, numbers))


@njit(cache=True)
def _size_price(size: float, low: float, target: float, high: float) -> float:
    price = _SIZE * ((size - target) / target) ** 2
    if size < low:
        price += _BREACH * (1.0 + (low - size) / low)
    elif size > high:
        price += _BREACH * (1.0 + 2.0 * (size - high) / high)
    return float(price)


@njit(cache=True)
def _shape_price(sums: Floats, i: int, j: int, even: float, target: float) -> float:
    """Price of the spread of atoms i .. j - 1 around their middle, against an even disc of target size."""
    weight = sums[0, j] - sums[0, i]
    mean_x, mean_y = (sums[1, j] - sums[1, i]) / weight, (sums[2, j] - sums[2, i]) / weight
    spread = (sums[3, j] - sums[3, i]) / weight - mean_x * mean_x - mean_y * mean_y
    return float(_SHAPE * max(spread, 0.0) / (even * target + 1.0))


@njit(cache=True)
def _sums(doors: Ints, x: Floats, y: Floats) -> Floats:
    """Running sums of weight, x, y and squares, shape (4, n + 1); an atom without doors weighs a little."""
    sums = np.zeros((4, len(doors) + 1))
    for k in range(len(doors)):
        weight = doors[k] + 0.1
        sums[0, k + 1] = sums[0, k] + weight
        sums[1, k + 1] = sums[1, k] + weight * x[k]
        sums[2, k + 1] = sums[2, k] + weight * y[k]
        sums[3, k + 1] = sums[3, k] + weight * (x[k] * x[k] + y[k] * y[k])
    return sums


@njit(cache=True)
def _micro(
    first: int, last: int, households: Ints, doors: Ints, hours: Floats, cuts: Floats, joins: Floats,
    before: Ints, totals: Ints, sums: Floats, prices: _Prices,
) -> tuple[Floats, Ints]:  # fmt: skip
    """Least price of cutting atoms first .. j - 1 into micro-grids, for each j, and where the last begins."""
    best = np.full(last - first + 1, np.inf)
    start = np.zeros(last - first + 1, np.int64)
    held = np.zeros(len(totals), np.int64)
    best[0] = 0.0
    for i in range(first, last):
        if best[i - first] == np.inf or cuts[i] == np.inf:
            continue
        held[:] = 0
        size, people, kept, time, joint = 0, 0, 0, 0.0, 0.0
        for j in range(i, last):
            size += doors[j]
            if j > i and size > _SLACK * prices.micro_high:
                break
            people += households[j]
            time += hours[j]
            joint += joins[j] if j > i else 0.0
            if before[j] >= 0:
                held[before[j]] += households[j]
                if 2 * held[before[j]] > totals[before[j]]:
                    kept = max(kept, held[before[j]])
            price = best[i - first] + joint + (cuts[i] if i > first else 0.0)
            price += _size_price(size, prices.micro_low, prices.micro_target, prices.micro_high)
            price += _shape_price(sums, i, j + 1, prices.even_micro, prices.micro_target)
            price += prices.overtime * max(time - prices.aim_hours, 0.0)
            price += prices.moving * (people - kept) if len(totals) else 0.0
            if price < best[j + 1 - first]:
                best[j + 1 - first], start[j + 1 - first] = price, i
    return best, start


@njit(cache=True)
def _reach(first: int, households: Ints, most: float) -> int:
    """One past the last atom that a general grid beginning at first may hold."""
    held = 0
    for j in range(first, len(households)):
        held += households[j]
        if j > first and held > most:
            return j
    return len(households)


@njit(cache=True)
def _totals(households: Ints, before: Ints) -> Ints:
    """Households of each micro-grid in force."""
    totals = np.zeros(before.max() + 1, np.int64)
    for k in range(len(before)):
        if before[k] >= 0:
            totals[before[k]] += households[k]
    return totals


@njit(cache=True)
def _best(
    households: Ints, doors: Ints, x: Floats, y: Floats, hours: Floats, cut_micro: Floats,
    cut_general: Floats, join_micro: Floats, join_general: Floats, before: Ints, prices: _Prices,
    bounded: bool,
) -> tuple[Ints, Ints, float]:  # fmt: skip
    """Starts of micro-grids and of general grids in the cheapest cut."""
    count = len(doors)
    sums, totals = _sums(doors, x, y), _totals(households, before)
    most = _SLACK * prices.general_high if bounded else np.inf
    best = np.full(count + 1, np.inf)
    start = np.zeros(count + 1, np.int64)
    best[0] = 0.0
    for i in range(count if bounded else 1):
        if best[i] == np.inf:
            continue
        last = _reach(i, households, most)
        inner, _ = _micro(
            i, last, households, doors, hours, cut_micro, join_micro, before, totals, sums, prices
        )
        price = best[i] + cut_general[i]
        people = 0
        for j in range(i, last):
            people += households[j]
            price += join_general[j] if j > i else 0.0
            if j + 1 < count and cut_general[j + 1] == np.inf:
                continue
            total = (
                price
                + inner[j + 1 - i]
                + bounded
                * _size_price(people, prices.general_low, prices.general_target, prices.general_high)
            )
            total += _shape_price(sums, i, j + 1, prices.even_general, prices.general_target)
            if total < best[j + 1]:
                best[j + 1], start[j + 1] = total, i
    micros = np.zeros(count + 1, np.bool_)
    generals = np.zeros(count + 1, np.bool_)
    last = count
    while last > 0:
        first = start[last]
        generals[first] = True
        _, back = _micro(
            first, last, households, doors, hours, cut_micro, join_micro, before, totals, sums, prices
        )
        while last > first:
            last = back[last - first]
            micros[last] = True
    return np.flatnonzero(micros), np.flatnonzero(generals), best[count]
