"""Draw micro-grids and general grids, both levels judged together (R2, R3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from shige.division.engine.descent import Search, descend, solve
from shige.division.engine.doors import Doors, chosen, held_together, numbered
from shige.division.engine.ground import Ground, Ints, Prices, marks_for
from shige.profile.grids import Bounds, GridRules

from .weights import compound_groups, general_ground, general_prices, micro_ground, micro_prices

USUAL = Search(trees=4, rows=5, wide=4, most=32, passes=6, seed=1)
THOROUGH = Search(trees=12, rows=12, wide=5, most=90, passes=12, seed=7)
_GENERAL = USUAL._replace(wide=3, most=40, rows=3, trees=6)
_FROM_DOORS = USUAL._replace(most=120, rows=3, trees=6)


@dataclass(frozen=True, slots=True)
class Levels:
    """Micro-grid and general grid of each atom, from 0, and how many grids are out of bounds."""

    micro: Ints
    general: Ints
    breaches: int


def draw(doors: Doors, rules: GridRules, fixed: Ints) -> Levels:
    """Draw both levels anew.

    Parameters
    ----------
    fixed
        Number of the group of each atom that stays one micro-grid by itself, -1 for the others.
    """
    found = judged(doors, rules, *_from_below(doors, rules, fixed))
    if found.breaches:
        for general in _generals_of_doors(doors, rules, fixed):
            other = judged(doors, rules, _micros_within(doors, rules, fixed, general), general)
            found = min(found, other, key=lambda levels: levels.breaches)
            if not found.breaches:
                break
    return found


def outside(label: Ints, sizes: Ints, bounds: Bounds) -> Ints:
    """Numbers of the grids whose size is out of bounds; `sizes` (n,) are those of the atoms."""
    held = np.bincount(label, weights=sizes)
    present = np.bincount(label) > 0
    return np.flatnonzero(present & ((held < bounds.low) | (held > bounds.high)))


def judged(doors: Doors, rules: GridRules, micro: Ints, general: Ints) -> Levels:
    """Count what is out of bounds on both levels."""
    breaches = len(outside(micro, doors.doors, rules.micro))
    breaches += len(outside(general, doors.households, rules.general))
    return Levels(micro, general, breaches)


def _from_below(doors: Doors, rules: GridRules, fixed: Ints) -> tuple[Ints, Ints]:
    """Micro-grids first, then general grids of whole micro-grids."""
    micro = micros(doors, rules, fixed)
    return micro, generals(doors, rules, micro)[micro]


def generals(doors: Doors, rules: GridRules, micro: Ints) -> Ints:
    """General grid (g,) of each of g micro-grids; `micro` (n,) numbers them from 0."""
    nodes = held_together(doors, micro)
    return _solved(general_ground(nodes), general_prices(rules, nodes), _GENERAL, rules.effort)


def micros(doors: Doors, rules: GridRules, fixed: Ints) -> Ints:
    """Micro-grid (n,) of each atom, from 0; `fixed` (n,) keeps those that are not -1 together."""
    return beside(doors, fixed, lambda free: _free_micros(free, rules))


def beside(doors: Doors, fixed: Ints, number: Callable[[Doors], Ints]) -> Ints:
    """Grid of each atom, from 0: the free ones as `number` has them, then the fixed ones as they are."""
    free = np.flatnonzero(fixed < 0)
    label = np.empty(len(doors), dtype=np.int64)
    if len(free):
        label[free] = number(doors if len(free) == len(doors) else chosen(doors, free))
    count = int(label[free].max()) + 1 if len(free) else 0
    label[fixed >= 0] = count + numbered(fixed[fixed >= 0])
    return label


def _free_micros(doors: Doors, rules: GridRules) -> Ints:
    if rules.style == "balanced":
        return _finished(
            doors, rules, _solved(micro_ground(doors, rules), micro_prices(rules, doors), USUAL, rules.effort)
        )
    group = compound_groups(doors, rules.micro.high)
    coarse = held_together(doors, group)
    prices = micro_prices(rules, doors)
    return _finished(doors, rules, _solved(micro_ground(coarse, rules), prices, USUAL, rules.effort)[group])


def _finished(doors: Doors, rules: GridRules, label: Ints) -> Ints:
    """Look harder where grids are still out of bounds."""
    broken = outside(label, doors.doors, rules.micro)
    if len(broken):
        improve(micro_ground(doors, rules), micro_prices(rules, doors), label, broken, THOROUGH)
    return numbered(label)


def improve(ground: Ground, prices: Prices, label: Ints, dirty: Ints, search: Search) -> float:
    """Descend in place from the division `label` (n,), trying the grids `dirty` first; return its price."""
    flags = np.zeros(len(label), dtype=np.int64)
    flags[dirty] = 1
    cost: float = descend(ground, prices, label, flags, search, marks_for(ground))
    return cost


def _solved(ground: Ground, prices: Prices, search: Search, starts: int) -> Ints:
    """Descend from several beginnings and keep the cheapest."""
    marks = marks_for(ground)
    best, least = np.zeros(len(ground.values), dtype=np.int64), np.inf
    for turn in range(starts):
        label = np.zeros(len(best), dtype=np.int64)
        cost = solve(ground, prices, search._replace(seed=1 + 1000 * turn), turn, marks, label)
        if cost < least:
            best, least = label, cost
    return numbered(best)


def _generals_of_doors(doors: Doors, rules: GridRules, fixed: Ints) -> Iterator[Ints]:
    """General grids drawn from doors, first of whole compounds, then of single atoms."""
    for kept in (True, False):
        group = compound_groups(doors, rules.micro.high) if kept else np.arange(len(doors))
        group = numbered(np.where(fixed >= 0, len(doors) + fixed, group))
        nodes = held_together(doors, group)
        label = _solved(general_ground(nodes), general_prices(rules, nodes), _FROM_DOORS, 1)
        yield numbered(label)[group]


def _micros_within(doors: Doors, rules: GridRules, fixed: Ints, general: Ints) -> Ints:
    """Micro-grids inside each general grid."""
    label = np.empty(len(doors), dtype=np.int64)
    count = 0
    for number in range(int(general.max()) + 1):
        inside = np.flatnonzero(general == number)
        label[inside] = micros(chosen(doors, inside), rules, fixed[inside]) + count
        count = int(label[inside].max()) + 1
    return label
