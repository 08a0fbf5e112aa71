"""Draw again from the division in force, with the fewest households moved (R7)."""

from __future__ import annotations

import numpy as np

from shige.profile.grids import GridRules

from .doors import Doors, held_together, numbered
from .ground import Ints
from .levels import THOROUGH, USUAL, Levels, beside, draw, improve, judged, outside
from .weights import general_ground, general_prices, micro_ground, micro_prices


def redraw(doors: Doors, rules: GridRules, fixed: Ints) -> Levels:
    """Change only what has to change: grids out of bounds, and grids that new doors joined.

    Parameters
    ----------
    fixed
        As `levels.draw` takes it.
    """
    micro = micros_again(doors, rules, fixed)
    found = judged(doors, rules, micro, _generals_again(doors, rules, micro))
    if found.breaches:
        found = min(found, draw(doors, rules, fixed), key=lambda levels: levels.breaches)
    return found


def micros_again(doors: Doors, rules: GridRules, fixed: Ints) -> Ints:
    """Micro-grid (n,) of each atom, from 0, as near to those in force as the bounds allow."""
    return beside(doors, fixed, lambda free: _free_again(free, rules))


def _free_again(doors: Doors, rules: GridRules) -> Ints:
    label = spread_out(doors, doors.before)
    ground, prices = micro_ground(doors, rules), micro_prices(rules, doors)
    joined = label[doors.before < 0]
    improve(ground, prices, label, np.union1d(joined, outside(label, doors.doors, rules.micro)), USUAL)
    left = outside(label, doors.doors, rules.micro)
    if len(left):
        improve(ground, prices, label, left, THOROUGH)
    return numbered(label)


def _generals_again(doors: Doors, rules: GridRules, micro: Ints) -> Ints:
    nodes = held_together(doors, micro)
    label = spread_out(nodes, nodes.above)
    ground, prices = general_ground(nodes), general_prices(rules, nodes)
    for search in (USUAL, THOROUGH):
        left = outside(label, nodes.households, rules.general)
        if len(left) or search is USUAL:  # the first also parts what no longer hangs together
            improve(ground, prices, label, left, search)
    return numbered(label)[micro]


def spread_out(doors: Doors, known: Ints) -> Ints:
    """Let doors without a number take that of a neighbour: on their side, of their compound, near.

    Returns numbers from 0; where no numbered door can be reached, one begins a number of its own.
    """
    label = known.copy()
    one, other = np.concatenate([doors.edges, doors.edges[:, ::-1]]).T
    fresh = np.flatnonzero(label[one] < 0)
    one, other, between = one[fresh], other[fresh], np.concatenate([doors.between, doors.between])[fresh]
    metres = np.hypot(doors.x[one] - doors.x[other], doors.y[one] - doors.y[other])
    far = metres + 1e4 * between + 300.0 * (doors.compound[one] != doors.compound[other])
    order = np.argsort(far, kind="stable")
    one, other = one[order], other[order]
    while (label < 0).any():
        ready = np.flatnonzero((label[one] < 0) & (label[other] >= 0))
        if len(ready):
            joining, first = np.unique(one[ready], return_index=True)
            label[joining] = label[other[ready[first]]]
        else:
            label[int(np.flatnonzero(label < 0)[0])] = label.max() + 1
    return numbered(label)
