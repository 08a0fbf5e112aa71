"""Draw the border between two adjacent grids again, merge them, or cut a grid in two."""

from __future__ import annotations

import numpy as np

from shige.division.engine.ground import Ground, Ints, Marks, Prices
from shige.division.engine.rows import size_of
from shige.division.engine.state import State, adjacent, assign, free_number, members_of

from .compiled import leaf, loop
from .cuts import halve
from .prices import price

GAIN = 1e-6  # below which a lower price is only rounding
_SLACK = 1.25  # how far over its upper bound a merged grid may be thought of at all


@loop
def try_pairs(
    ground: Ground, prices: Prices, state: State, grid: int, trees: int, seed: int, marks: Marks, side: Ints
) -> None:
    """Try what a grid can do with each neighbour, where one of the two changed since it was last tried."""
    room = np.empty(len(state.label), np.int64)
    last, now = state.paired[grid], state.clock[0]
    if state.changed[grid] > last:
        _split(ground, prices, state, grid, trees, seed, marks, side)
    own = members_of(state, grid, room, 0)
    for other in adjacent(ground, state, room[:own].copy(), grid, marks):
        if state.first[other] < 0 or not _is_new(state, grid, other, last):
            continue
        own = members_of(state, grid, room, 0)
        end = members_of(state, other, room, own)
        _redraw(ground, prices, state, grid, other, room[:end], trees, seed, marks, side)
    state.paired[grid] = now


@leaf
def _is_new(state: State, grid: int, other: int, last: int) -> bool:
    """Whether a pair has changed since it was tried from either side."""
    newest = max(state.changed[grid], state.changed[other])
    return newest > last and not (other < grid and newest <= state.paired[other])


@loop
def _split(
    ground: Ground, prices: Prices, state: State, grid: int, trees: int, seed: int, marks: Marks, side: Ints
) -> None:
    room = np.empty(len(state.label), np.int64)
    region = room[: members_of(state, grid, room, 0)]
    if len(region) < 2 or size_of(ground, region) < 2.0 * prices.low:
        return
    limit, free = state.cost[grid] - GAIN, free_number(state)
    if free >= 0 and halve(ground, prices, region, limit, trees, seed, marks, side) < limit:
        _divide(ground, prices, state, grid, free, region, marks, side)


@loop
def _divide(
    ground: Ground,
    prices: Prices,
    state: State,
    grid: int,
    other: int,
    region: Ints,
    marks: Marks,
    side: Ints,
) -> None:
    """Give the atoms marked 1 to one grid and the rest to another."""
    marked = np.array([side[atom] == 1 for atom in region])
    state.clock[0] += 1
    assign(ground, prices, state, grid, region[marked], marks)
    assign(ground, prices, state, other, region[~marked], marks)


@loop
def _redraw(
    ground: Ground, prices: Prices, state: State, grid: int, other: int, region: Ints, trees: int, seed: int,
    marks: Marks, side: Ints,
) -> None:  # fmt: skip
    """Take the cheapest of: as it is, one grid, two grids with another border."""
    best, merged = state.cost[grid] + state.cost[other] - GAIN, False
    if size_of(ground, region) <= _SLACK * prices.high:
        cost = price(ground, prices, region, best, marks)
        if cost < best:
            best, merged = cost, True
    if len(region) > 2 and halve(ground, prices, region, best, trees, seed, marks, side) < best:
        _divide(ground, prices, state, grid, other, region, marks, side)
    elif merged:
        state.clock[0] += 1
        assign(ground, prices, state, other, region[:0], marks)
        assign(ground, prices, state, grid, region, marks)
