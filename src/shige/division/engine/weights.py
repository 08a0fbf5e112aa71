"""From a profile's rules and weights to the prices of one level (R2, R3, R6, R7, R8).

The unit is a household carried one metre: a micro-grid of 65 households in a disc of 60 m costs about 1,000.
"""

from __future__ import annotations

import numpy as np

from shige.profile.grids import GridRules

from ..order import blocks
from .doors import Doors
from .graph import compressed
from .ground import COMPOUND, HOUSE, STREET, Floats, Ground, Ints, Prices

# Each outweighs what a community can gain by the next.
_BREACH, _BARRIER, _MIXED, _APART = 1e7, 1e6, 1e5, 1e4
_SHAPE = 1.0 / 60.0
_PIECE = 600.0
_SPLIT_COMPOUND, _OUTSIDER, _STREET, _HOUSE = 3000.0, 400.0, 300.0, 2000.0
_SIZE, _EVEN_SIZE, _STREET_SIZE = 20.0, 122.0, 120.0  # a grid at twice its target costs this for each door
_MOVED = 2000.0  # a household moved, at a moving price of 1
_LOAD, _GROWTH, _OVERTIME, _BOUND_OVERTIME = 2000.0, 20.0, 1500.0, 1e6
_CLOSE = 0.71  # metres of a tour through n points in a square: 0.71 sqrt(n x area)


def micro_prices(rules: GridRules, doors: Doors) -> Prices:
    """Prices of micro-grids: bounds count doors."""
    weights, streets = rules.weights, rules.style == "streets"
    bounds, count = rules.micro, max(1, round(int(doors.doors.sum()) / rules.micro.target))
    load = float(doors.load.sum()) / count
    overtime = {"binds": _BOUND_OVERTIME, "weighs": _OVERTIME, "informs": 0.0}[rules.aim]
    return Prices(
        low=bounds.low, target=bounds.target, high=bounds.high, breach=_BREACH,
        barrier=_BARRIER * bool((doors.between == 2).any()), apart=_APART * bool((doors.between == 1).any()),
        shape=_SHAPE * weights.compact,
        size=(_STREET_SIZE if streets else _EVEN_SIZE) / bounds.target * weights.size,
        piece=(_SPLIT_COMPOUND if streets else _PIECE) * weights.compounds,
        mixed=_MIXED * streets,
        outsider=_OUTSIDER * streets * weights.compounds,
        street=_STREET * streets * weights.roads,
        house=_HOUSE * weights.compounds,
        moving=_MOVED * rules.moving_price if (doors.before >= 0).any() else 0.0,
        growth=_GROWTH * weights.growth,
        even_load=load,
        load=_LOAD * weights.workload / load**2 if load > 0 else 0.0,
        overtime=overtime if doors.hours.any() else 0.0,
        aim=rules.aim_hours,
        pace=_CLOSE / rules.walking_speed / 3600.0,
    )  # fmt: skip


def general_prices(rules: GridRules, doors: Doors) -> Prices:
    """Prices of general grids: bounds count households, and compounds matter where they are large."""
    bounds, weights = rules.general, rules.weights
    micro = micro_prices(rules, doors)
    return micro._replace(
        low=bounds.low, target=bounds.target, high=bounds.high,
        shape=_SHAPE / 3.0 * weights.compact,
        size=_SIZE / bounds.target * weights.size,
        piece=2.0 * _PIECE * weights.compounds,
        mixed=0.0, outsider=0.0, house=_HOUSE / 4.0, moving=micro.moving / 8.0, load=0.0, overtime=0.0,
    )  # fmt: skip


def micro_ground(doors: Doors, rules: GridRules) -> Ground:
    """What the loops read when micro-grids are drawn."""
    walled = _walled(doors, rules.micro.low)
    compound = doors.compound
    if rules.style == "streets":  # a large compound has to be in pieces; its walls matter, not their number
        compound = np.where(np.isin(compound, compound[_large(doors, rules.micro.high)]), -1, compound)
    later = doors.later + doors.doors - doors.households
    return _ground(doors, doors.doors, later, compound, walled, doors.before)


def general_ground(doors: Doors) -> Ground:
    """What the loops read when general grids are drawn from micro-grids, or from doors."""
    none = np.full(len(doors), -1, dtype=np.int64)
    return _ground(doors, doors.households, doors.later, doors.compound, none, doors.above)


def _ground(doors: Doors, size: Ints, later: Ints, compound: Ints, walled: Ints, before: Ints) -> Ground:
    starts, edges = compressed(len(doors), doors.edges, doors.between)
    known = before >= 0
    weight = doors.households + 0.1
    kinds = np.column_stack([compound, walled, doors.street, doors.house, before]).astype(np.int64)
    columns = (doors.x, doors.y, weight, size, later, doors.hours, doors.load, doors.households)
    return Ground(
        values=np.column_stack(columns).astype(np.float64),
        kinds=kinds,
        held=np.bincount(before[known], weights=doors.households[known]).astype(np.float64),
        starts=starts,
        edges=edges,
        far=_far(doors, kinds, np.repeat(np.arange(len(doors)), np.diff(starts)), edges),
        foes=doors.foes,
    )


def _far(doors: Doors, kinds: Ints, one: Ints, edges: Ints) -> Floats:
    """Length of each edge from `one`, as a spanning tree sees it."""
    other = edges[:, 0]
    metres = np.hypot(doors.x[one] - doors.x[other], doors.y[one] - doors.y[other])
    apart = kinds[one] != kinds[other]
    borders = 1.5 * apart[:, COMPOUND] + 1.5 * apart[:, HOUSE] + 1.0 * apart[:, STREET]
    return np.asarray(0.3 + metres / 40.0 + borders + 10.0 ** edges[:, 1], dtype=np.float64)


def _sizes(doors: Doors) -> Ints:
    """Doors of the compound of each atom; 0 where it is in none."""
    inside = doors.compound >= 0
    total = np.bincount(doors.compound[inside], weights=doors.doors[inside])
    result = np.zeros(len(doors), dtype=np.int64)
    result[inside] = total[doors.compound[inside]]
    return result


def _walled(doors: Doors, low: int) -> Ints:
    return np.where(_sizes(doors) >= low, doors.compound, -1)


def _large(doors: Doors, high: int) -> Ints:
    return np.flatnonzero(_sizes(doors) > high)


def compound_groups(doors: Doors, high: int) -> Ints:
    """Number the atoms so that what belongs to one compound of up to `high` doors, and hangs together
    without crossing a barrier, has one number."""
    kept = (doors.compound >= 0) & (_sizes(doors) <= high)
    one, other = doors.edges.T
    within = (doors.between < 2) & kept[one] & (doors.compound[one] == doors.compound[other])
    return blocks(len(doors), doors.edges[within])
