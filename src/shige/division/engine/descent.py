"""Deterministic descent: merge adjacent grids and cut them again for as long as that lowers the price."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from shige.division.engine.ground import Floats, Ground, Ints, Marks, Prices
from shige.division.engine.halving import halve
from shige.division.engine.pricing import components, price
from shige.division.engine.rows import cut_row, depth_first, tree

_GAIN = 1e-6  # below which a lower price is only rounding


class Search(NamedTuple):
    """How hard to look: spanning trees for each pair, rows for each region, atoms up to which rows pay."""

    trees: int
    rows: int
    most: int
    passes: int
    seed: int


class State(NamedTuple):
    """Grid of each atom; members of each grid as linked lists; when each grid changed and was tried."""

    label: Ints
    first: Ints
    following: Ints
    cost: Floats
    changed: Ints
    paired: Ints
    rowed: Ints
    clock: Ints


@njit(cache=True)
def descend(ground: Ground, prices: Prices, label: Ints, dirty: Ints, search: Search, marks: Marks) -> float:
    """Improve a division in place; only grids near dirty ones (by number, 1: dirty) are looked at.

    `label` numbers grids below len(label); parts of a grid that hang together nowhere become grids of
    their own. Returns the price.
    """
    _separate(ground, label, marks)
    state = _state(ground, prices, label, dirty, marks)
    side = np.zeros(len(label), np.int64)
    for turn in range(search.passes):
        before = state.clock[0]
        for grid in range(len(label)):
            if state.first[grid] >= 0:
                _try_pairs(ground, prices, state, grid, search, turn, marks, side)
        if search.rows:
            for grid in range(len(label)):
                if state.first[grid] >= 0:
                    _try_rows(ground, prices, state, grid, search, turn, marks)
        if state.clock[0] == before:
            break
    cost = 0.0
    for grid in range(len(label)):
        if state.first[grid] >= 0:
            cost += state.cost[grid]
    return cost


@njit(cache=True)
def _separate(ground: Ground, label: Ints, marks: Marks) -> None:
    """Give every part of a grid but its first a free number."""
    count = len(label)
    used = np.zeros(count, np.int64)
    for k in range(count):
        used[label[k]] += 1
    free = 0
    seen = np.zeros(count, np.bool_)
    owner = np.full(count, -1, np.int64)
    stack = np.empty(count, np.int64)
    for k in range(count):
        if seen[k]:
            continue
        grid = label[k]
        number = grid
        if owner[grid] >= 0:
            while used[free]:
                free += 1
            number = free
            used[number] = 1
        owner[number] = k
        stack[0], depth = k, 1
        seen[k] = True
        while depth:
            depth -= 1
            atom = stack[depth]
            for edge in range(ground.starts[atom], ground.starts[atom + 1]):
                other = ground.ends[edge]
                if label[other] == grid and not seen[other]:
                    seen[other] = True
                    stack[depth] = other
                    depth += 1
            label[atom] = -1 - number
    for k in range(count):
        label[k] = -1 - label[k]


@njit(cache=True)
def _state(ground: Ground, prices: Prices, label: Ints, dirty: Ints, marks: Marks) -> State:
    count = len(label)
    state = State(
        label, np.full(count, -1, np.int64), np.full(count, -1, np.int64), np.zeros(count),
        np.zeros(count, np.int64), np.ones(count, np.int64), np.ones(count, np.int64), np.full(1, 2, np.int64),
    )  # fmt: skip
    for k in range(count - 1, -1, -1):
        state.following[k] = state.first[label[k]]
        state.first[label[k]] = k
    room = np.empty(count, np.int64)
    for grid in range(count):
        if state.first[grid] >= 0:
            held = _members(state, grid, room, 0)
            state.cost[grid] = price(ground, prices, room[:held], marks)
            if dirty[grid] or state.cost[grid] >= prices.breach:
                state.changed[grid] = 2
    return state


@njit(cache=True)
def _members(state: State, grid: int, room: Ints, begin: int) -> int:
    """Write the atoms of a grid from `begin` on; returns the end."""
    atom = state.first[grid]
    while atom >= 0:
        room[begin] = atom
        begin += 1
        atom = state.following[atom]
    return begin


@njit(cache=True)
def _adjacent(ground: Ground, state: State, members: Ints, grid: int, marks: Marks) -> Ints:
    """Grids next to these atoms of one grid, in the order of their numbers."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    found = np.empty(64, np.int64)
    count = 0
    for atom in members:
        for k in range(ground.starts[atom], ground.starts[atom + 1]):
            other = state.label[ground.ends[k]]
            if other != grid and marks.done[other] != tick and count < 64:
                marks.done[other] = tick
                found[count] = other
                count += 1
    return np.sort(found[:count])


@njit(cache=True)
def _assign(ground: Ground, prices: Prices, state: State, grid: int, members: Ints, marks: Marks) -> None:
    """Make these atoms the members of a grid."""
    state.first[grid] = -1
    for k in range(len(members) - 1, -1, -1):
        state.label[members[k]] = grid
        state.following[members[k]] = state.first[grid]
        state.first[grid] = members[k]
    state.cost[grid] = price(ground, prices, members, marks) if len(members) else 0.0
    state.changed[grid] = state.clock[0]


@njit(cache=True)
def _free(state: State) -> int:
    for grid in range(len(state.first)):
        if state.first[grid] < 0:
            return grid
    return -1


@njit(cache=True)
def _try_pairs(
    ground: Ground,
    prices: Prices,
    state: State,
    grid: int,
    search: Search,
    turn: int,
    marks: Marks,
    side: Ints,
) -> None:
    """Cut a grid in two, merge it with a neighbour, or draw the border to a neighbour again."""
    room = np.empty(len(state.label), np.int64)
    last, now = state.paired[grid], state.clock[0]
    if state.changed[grid] > last:
        _split(ground, prices, state, grid, search, marks, side)
    own = _members(state, grid, room, 0)
    for other in _adjacent(ground, state, room[:own].copy(), grid, marks):
        if max(state.changed[grid], state.changed[other]) <= last or state.first[other] < 0:
            continue
        if (
            other < grid
            and state.changed[other] <= state.paired[other]
            and state.changed[grid] <= state.paired[other]
        ):
            continue  # tried from the other side
        own = _members(state, grid, room, 0)
        end = _members(state, other, room, own)
        _redraw(ground, prices, state, grid, other, room[:end], search, turn, marks, side)
    state.paired[grid] = now


@njit(cache=True)
def _split(
    ground: Ground, prices: Prices, state: State, grid: int, search: Search, marks: Marks, side: Ints
) -> None:
    room = np.empty(len(state.label), np.int64)
    region = room[: _members(state, grid, room, 0)]
    if len(region) < 2 or _size(ground, region) < 2.0 * prices.low:
        return
    limit = state.cost[grid] - _GAIN
    free = _free(state)
    if free >= 0 and halve(ground, prices, region, limit, search.trees, search.seed, marks, side) < limit:
        _divide(ground, prices, state, grid, free, region, marks, side)


@njit(cache=True)
def _size(ground: Ground, region: Ints) -> float:
    size = 0.0
    for atom in region:
        size += ground.size[atom]
    return size


@njit(cache=True)
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
    _assign(ground, prices, state, grid, region[marked], marks)
    _assign(ground, prices, state, other, region[~marked], marks)


@njit(cache=True)
def _redraw(
    ground: Ground, prices: Prices, state: State, grid: int, other: int, region: Ints, search: Search,
    turn: int, marks: Marks, side: Ints,
) -> None:  # fmt: skip
    limit = state.cost[grid] + state.cost[other] - _GAIN
    best = limit
    merged = False
    if _size(ground, region) <= 1.25 * prices.high:
        cost = price(ground, prices, region, marks)
        if cost < best:
            best, merged = cost, True
    if len(region) > 2:
        cost = halve(ground, prices, region, best, search.trees, search.seed + 31 * turn, marks, side)
        if cost < best:
            _divide(ground, prices, state, grid, other, region, marks, side)
            return
    if merged:
        state.clock[0] += 1
        _assign(ground, prices, state, other, region[:0], marks)
        _assign(ground, prices, state, grid, region, marks)


@njit(cache=True)
def _try_rows(
    ground: Ground, prices: Prices, state: State, grid: int, search: Search, turn: int, marks: Marks
) -> None:
    """Cut a grid and some of its neighbours again along the branches of spanning trees."""
    room = np.empty(len(state.label), np.int64)
    own = _members(state, grid, room, 0)
    near = _adjacent(ground, state, room[:own].copy(), grid, marks)
    newest = state.changed[grid]
    for other in near:
        newest = max(newest, state.changed[other])
    if newest <= state.rowed[grid] or len(near) < 2:
        return
    state.rowed[grid] = state.clock[0]
    near = _nearest(ground, state, room[:own].copy(), near)
    for width in (2, 3, 4):
        if len(near) < width or state.first[grid] < 0:
            return
        end = _members(state, grid, room, 0)
        cost = state.cost[grid]
        grids = [grid]
        for other in near[:width]:
            end = _members(state, other, room, end)
            cost += state.cost[other]
            grids.append(other)
        if end > search.most:
            return
        if _rerow(ground, prices, state, grids, room[:end], cost, search, turn, marks):
            return


@njit(cache=True)
def _nearest(ground: Ground, state: State, members: Ints, near: Ints) -> Ints:
    """Order grids by how far their middle is from that of the members."""
    x, y = ground.x[members].mean(), ground.y[members].mean()
    far = np.empty(len(near))
    for k in range(len(near)):
        east = north = 0.0
        count = 0
        atom = state.first[near[k]]
        while atom >= 0:
            east += ground.x[atom]
            north += ground.y[atom]
            count += 1
            atom = state.following[atom]
        far[k] = np.hypot(east / count - x, north / count - y)
    return near[np.argsort(far, kind="mergesort")]


@njit(cache=True)
def _rerow(
    ground: Ground, prices: Prices, state: State, grids: list[int], region: Ints, limit: float,
    search: Search, turn: int, marks: Marks,
) -> bool:  # fmt: skip
    parent = np.full(len(ground.x), -1, np.int64)
    reach = np.empty(len(ground.x))
    best, best_row, best_start = limit - _GAIN, region, region
    for k in range(search.rows):
        swap = (k * 7919 + turn) % len(region)
        region[0], region[swap] = region[swap], region[0]
        order = tree(ground, region, search.seed + 101 * turn + k, marks, parent, reach)
        if len(order) < len(region):
            return False
        row = depth_first(order, parent, marks, ground.size)
        cost, start = cut_row(ground, prices, row, marks)
        if cost < best:
            best, best_row, best_start = cost, row, start
    if best >= limit - _GAIN:
        return False
    return _replace(ground, prices, state, grids, best_row, best_start, marks)


@njit(cache=True)
def _replace(
    ground: Ground, prices: Prices, state: State, grids: list[int], row: Ints, start: Ints, marks: Marks
) -> bool:
    """Put the grids of a cut row in place of those that held its atoms."""
    state.clock[0] += 1
    for grid in grids:
        _assign(ground, prices, state, grid, row[:0], marks)
    last = len(row)
    while last > 0:
        number = _free(state)
        _assign(ground, prices, state, number, row[start[last] : last], marks)
        last = start[last]
    return True


@njit(cache=True)
def is_whole(ground: Ground, members: Ints, marks: Marks) -> bool:
    """Whether atoms hang together without crossing a barrier."""
    return components(ground, members, True, marks) == 1
