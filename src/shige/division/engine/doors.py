"""Doors of one community as arrays: choose some of them, or hold some together as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shige.division.engine.graph import quotient
from shige.division.engine.ground import Floats, Ints


@dataclass(frozen=True, slots=True)
class Doors:
    """Atoms (n,), each a building, an entrance or some floors of one, or several that are held together.

    Attributes
    ----------
    x, y
        Metres.
    later
        Households that are expected to live there.
    hours, load
        Of one round, without the way; of a month, as measured (0: not known).
    compound, street, house
        Numbers of its compound, of its block between roads of any class, and of its building where that has
        more doors than a micro-grid holds; -1 for none.
    edges, between
        Pairs (m, 2) of neighbours, and what lies between: 0 nothing, 1 other buildings, 2 a barrier.
    before, above
        Number of the micro-grid and of the general grid in force, -1 for a new door.
    foes
        Pairs (f, 2) that have to lie in different micro-grids.
    """

    x: Floats
    y: Floats
    households: Ints
    doors: Ints
    later: Ints
    hours: Floats
    load: Floats
    compound: Ints
    street: Ints
    house: Ints
    edges: Ints
    between: Ints
    before: Ints
    above: Ints
    foes: Ints

    def __len__(self) -> int:
        return len(self.x)


def plain(
    points: Floats, households: Ints, compound: Ints, edges: Ints, between: Ints,
    before: Ints | None = None, above: Ints | None = None,
) -> Doors:  # fmt: skip
    """Doors at points (n, 2) in metres that are all households and of which no more is known.

    `edges` (m, 2) and `between` (m,) are as in `Ground`; -1 in the others is none.
    """
    none, nothing = np.full(len(points), -1, dtype=np.int64), np.zeros(len(points))
    before, above = (none if known is None else known for known in (before, above))
    return Doors(
        np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1]),
        households, households, households, nothing, nothing, compound,
        none, none, edges, between, before, above, np.empty((0, 2), dtype=np.int64),
    )  # fmt: skip


def chosen(doors: Doors, places: Ints) -> Doors:
    """The doors at these indices, in this order, with the edges between them."""
    number = np.full(len(doors), -1, dtype=np.int64)
    number[places] = np.arange(len(places))
    edges, foes = number[doors.edges], number[doors.foes]
    inside = (edges >= 0).all(axis=1)
    taken = {
        name: getattr(doors, name)[places]
        for name in (
            "x", "y", "households", "doors", "later", "hours", "load", "compound", "street", "house",
            "before", "above",
        )
    }  # fmt: skip
    return Doors(
        **taken, edges=edges[inside], between=doors.between[inside], foes=foes[(foes >= 0).all(axis=1)]
    )


def held_together(doors: Doors, group: Ints) -> Doors:
    """One atom for each group (n,) numbered from 0: at its middle, with all that it holds."""
    count = int(group.max(initial=-1)) + 1
    if count == len(doors):
        return _in_order(doors, group)

    def added(values: Floats | Ints) -> Floats:
        return np.asarray(np.bincount(group, weights=values, minlength=count), dtype=np.float64)

    weight: Floats = np.asarray(doors.households + 0.1, dtype=np.float64)
    weights = added(weight)
    whole = {name: added(getattr(doors, name)).astype(np.int64) for name in ("households", "doors", "later")}
    first = np.full(count, -1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    edges, between = quotient(doors.edges, doors.between, group)
    return Doors(
        x=added(weight * doors.x) / weights,
        y=added(weight * doors.y) / weights,
        **whole,
        hours=added(doors.hours),
        load=added(doors.load),
        compound=_common(doors.compound, group, first),
        street=_common(doors.street, group, first),
        house=_common(doors.house, group, first),
        edges=edges,
        between=between,
        before=_most(doors.before, doors.households, group, count),
        above=_most(doors.above, doors.households, group, count),
        foes=group[doors.foes],
    )


def _in_order(doors: Doors, group: Ints) -> Doors:
    order = np.argsort(group)
    return doors if (order == np.arange(len(order))).all() else chosen(doors, order)


def _common(numbers: Ints, group: Ints, first: Ints) -> Ints:
    """The number that all of a group have in common, -1 where they differ."""
    differs = numbers != numbers[first[group]]
    common = numbers[first].copy()
    common[group[differs]] = -1
    return common


def _most(numbers: Ints, weights: Ints, group: Ints, count: int) -> Ints:
    """The number that most of a group's weight has."""
    result = np.full(count, -1, dtype=np.int64)
    known = np.flatnonzero(numbers >= 0)
    if len(known):
        width = int(numbers.max()) + 1
        pairs, inverse = np.unique(group[known] * width + numbers[known], return_inverse=True)
        held = np.bincount(inverse, weights=weights[known] + 0.1)
        one, number = np.divmod(pairs, width)
        order = np.lexsort((-number, held))
        result[one[order]] = number[order]
    return result


def numbered(label: Ints) -> Ints:
    """The same labels (n,), counted from 0 without a gap."""
    return np.unique(label, return_inverse=True)[1].astype(np.int64)
