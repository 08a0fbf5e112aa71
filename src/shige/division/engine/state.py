"""The division while it is being improved: who is in which grid, and when that changed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shige.division.engine.ground import DONE, Floats, Ground, Ints, Marks, Prices

from .compiled import leaf, loop
from .prices import price

_REMEMBERED = 4096  # sets of grids, a power of two


class State(NamedTuple):
    """Grid of each atom; members of each grid as linked lists (-1: the end, or no such grid); times.

    `changed` says when a grid changed last; `paired` and `rowed` when its neighbourhood was last tried.
    `tried` remembers sets of grids that were looked at.
    """

    label: Ints
    first: Ints
    following: Ints
    cost: Floats
    changed: Ints
    paired: Ints
    rowed: Ints
    clock: Ints
    tried: Ints


@loop
def state_of(ground: Ground, prices: Prices, label: Ints, dirty: Ints, marks: Marks) -> State:
    """Begin with the division by `label`; grids are new to the search where dirty, or far too dear."""
    separate(ground, label)
    count = len(label)
    none, then = np.full(count, -1, np.int64), np.ones(count, np.int64)
    state = State(
        label, none, none.copy(), np.zeros(count), np.zeros(count, np.int64), then, then.copy(),
        np.full(1, 2, np.int64), np.zeros(_REMEMBERED, np.int64),
    )  # fmt: skip
    for k in range(count - 1, -1, -1):
        state.following[k] = state.first[label[k]]
        state.first[label[k]] = k
    room = np.empty(count, np.int64)
    for grid in range(count):
        if state.first[grid] >= 0:
            held = members_of(state, grid, room, 0)
            state.cost[grid] = price(ground, prices, room[:held], np.inf, marks)
            if dirty[grid] or state.cost[grid] >= prices.breach:
                state.changed[grid] = 2
    return state


@loop
def separate(ground: Ground, label: Ints) -> None:
    """Give each part of a grid that hangs together, but the first, a number that is free."""
    count = len(label)
    used = np.zeros(count, np.bool_)
    used[label] = True
    taken = np.zeros(count, np.bool_)
    wanted = label.copy()
    label[:] = -1
    stack = np.empty(count, np.int64)
    free = 0
    for k in range(count):
        if label[k] >= 0:
            continue
        number = wanted[k]
        if taken[number]:
            while used[free]:
                free += 1
            number = free
        used[number] = taken[number] = True
        _flood(ground, wanted, label, k, number, stack)


@leaf
def _flood(ground: Ground, wanted: Ints, label: Ints, start: int, number: int, stack: Ints) -> None:
    """Number all that hangs together with an atom and wants the same grid."""
    stack[0], depth = start, 1
    label[start] = number
    while depth:
        depth -= 1
        atom = stack[depth]
        for edge in range(ground.starts[atom], ground.starts[atom + 1]):
            other = ground.edges[edge, 0]
            if wanted[other] == wanted[start] and label[other] < 0:
                label[other] = number
                stack[depth] = other
                depth += 1


@leaf
def members_of(state: State, grid: int, room: Ints, begin: int) -> int:
    """Write the atoms of a grid from `begin` on; returns the end."""
    atom = state.first[grid]
    while atom >= 0:
        room[begin] = atom
        begin += 1
        atom = state.following[atom]
    return begin


@loop
def adjacent(ground: Ground, state: State, members: Ints, grid: int, marks: Marks) -> Ints:
    """Grids next to these atoms of one grid, in the order of their numbers; 64 at most."""
    marks.tick[0] += 1
    tick = marks.tick[0]
    found = np.empty(64, np.int64)
    count = 0
    for atom in members:
        for k in range(ground.starts[atom], ground.starts[atom + 1]):
            other = state.label[ground.edges[k, 0]]
            if other != grid and marks.atoms[other, DONE] != tick and count < 64:
                marks.atoms[other, DONE] = tick
                found[count] = other
                count += 1
    return np.sort(found[:count])


@leaf
def assign(ground: Ground, prices: Prices, state: State, grid: int, members: Ints, marks: Marks) -> None:
    """Make these atoms the members of a grid; without any, the grid is gone and its number free."""
    state.first[grid] = -1
    for k in range(len(members) - 1, -1, -1):
        state.label[members[k]] = grid
        state.following[members[k]] = state.first[grid]
        state.first[grid] = members[k]
    state.cost[grid] = price(ground, prices, members, np.inf, marks) if len(members) else 0.0
    state.changed[grid] = state.clock[0]


@leaf
def is_known(state: State, grid: int, others: Ints) -> bool:
    """Whether these very grids were looked at before, whichever of them was first; from now on they were."""
    mixed = _mixed(grid, state.changed[grid])
    for other in others:
        mixed += _mixed(other, state.changed[other])
    slot = (mixed >> 20) & (_REMEMBERED - 1)
    known = state.tried[slot] == mixed
    state.tried[slot] = mixed
    return bool(known)


@leaf
def _mixed(one: int, other: int) -> int:
    mixed = (one * 0x9E3779B1 + other * 0x85EBCA77 + 0x27D4EB2F) * 0x2C1B3C6D
    return (mixed ^ (mixed >> 29)) * 0x297A2D39


@leaf
def free_number(state: State) -> int:
    """Lowest number that no grid has, -1 where each atom is a grid."""
    for grid in range(len(state.first)):
        if state.first[grid] < 0:
            return grid
    return -1
