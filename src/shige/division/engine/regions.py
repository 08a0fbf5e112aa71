"""Cut a grid and its nearest neighbours again, into as many grids as is cheapest."""

from __future__ import annotations

import numpy as np

from shige.division.engine.ground import SIZE, Ground, Ints, Marks, Prices, X, Y
from shige.division.engine.pairs import GAIN
from shige.division.engine.rows import cut_row, depth_first, tree
from shige.division.engine.state import State, adjacent, assign, free_number, is_known, members_of

from .compiled import leaf, loop


@loop
def try_region(
    ground: Ground, prices: Prices, state: State, grid: int, wide: int, rows: int, most: int, seed: int,
    marks: Marks,
) -> None:  # fmt: skip
    """Try a grid with two of its neighbours, then up to `wide`, where one changed since the last time."""
    room = np.empty(len(state.label), np.int64)
    own = members_of(state, grid, room, 0)
    members = room[:own].copy()
    near = adjacent(ground, state, members, grid, marks)
    if len(near) < 2 or _newest(state, grid, near) <= state.rowed[grid]:
        return
    state.rowed[grid] = state.clock[0]
    near = _nearest(ground, state, members, near)
    for width in range(2, min(wide, len(near)) + 1):
        end, cost = members_of(state, grid, room, 0), state.cost[grid]
        for other in near[:width]:
            end = members_of(state, other, room, end)
            cost += state.cost[other]
        if end > most:
            return
        if is_known(state, grid, near[:width]):
            continue
        if _cut_again(ground, prices, state, room[:end], cost, rows, seed, marks):
            return


@leaf
def _newest(state: State, grid: int, near: Ints) -> int:
    newest = int(state.changed[grid])
    for other in near:
        newest = max(newest, int(state.changed[other]))
    return newest


@loop
def _nearest(ground: Ground, state: State, members: Ints, near: Ints) -> Ints:
    """Order grids by how far their middle is from that of the members."""
    room = np.empty(len(state.label), np.int64)
    x, y = ground.values[members, X].mean(), ground.values[members, Y].mean()
    far = np.empty(len(near))
    for k in range(len(near)):
        held = room[: members_of(state, near[k], room, 0)]
        far[k] = np.hypot(ground.values[held, X].mean() - x, ground.values[held, Y].mean() - y)
    return near[np.argsort(far, kind="mergesort")]


@loop
def _cut_again(
    ground: Ground,
    prices: Prices,
    state: State,
    region: Ints,
    cost: float,
    rows: int,
    seed: int,
    marks: Marks,
) -> bool:
    """Cut a region along the branches of spanning trees; true where that is cheaper, and done."""
    best, best_row, best_start = cost - GAIN, region, region[:0]
    for k in range(rows):
        swap = (k * 7919 + seed) % len(region)
        region[0], region[swap] = region[swap], region[0]
        order = tree(ground, region, seed + k, marks)
        if len(order) < len(region):
            return False
        row = depth_first(order, marks, ground.values[:, SIZE])
        found, start = cut_row(ground, prices, row, best, marks)
        if found < best:
            best, best_row, best_start = found, row, start
    if len(best_start):
        _replace(ground, prices, state, best_row, best_start, marks)
    return len(best_start) > 0


@loop
def _replace(ground: Ground, prices: Prices, state: State, row: Ints, start: Ints, marks: Marks) -> None:
    """Put the grids of a cut row in place of those that held its atoms."""
    state.clock[0] += 1
    for atom in row:
        assign(ground, prices, state, state.label[atom], row[:0], marks)
    last = len(row)
    while last > 0:
        assign(ground, prices, state, free_number(state), row[start[last] : last], marks)
        last = start[last]
