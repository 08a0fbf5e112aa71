"""What planners ask by hand: turned into what the engine reads, and refused with the reason (R6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from .community_plan import Plan
from .engine.doors import Doors, numbered
from .layout import old_piece
from .order import blocks, crossing
from .pieces import Atom
from .rules import violation
from .site import Site
from .units import Piece, Violation, Wishes

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """Wishes as arrays, and those that cannot be granted (their `grid` is "" as yet).

    Attributes
    ----------
    together, locked
        As `planning.plan` takes them.
    foes
        Pairs (f, 2) of atoms: of units to be kept apart, and of neighbours across a line.
    """

    together: Ints
    locked: Ints
    foes: Ints
    refused: list[Violation]


def asked(
    site: Site,
    atoms: Sequence[Atom],
    doors: Doors,
    old: Mapping[str, Sequence[Piece]],
    wishes: Wishes,
    most: int,
) -> Asked:
    """Read the wishes that concern this community.

    Parameters
    ----------
    most
        Doors of the largest micro-grid.
    """
    of_unit: dict[str, list[int]] = {}
    for place, atom in enumerate(atoms):
        of_unit.setdefault(site.units[atom.unit].id, []).append(place)
    refused: list[Violation] = []
    locked = _locked(site, atoms, old, wishes.locked)
    foes = [
        pair for one, other in wishes.apart for pair in _pairs(of_unit.get(one, []), of_unit.get(other, []))
    ]
    foes += _across(site, doors, wishes)
    together = np.arange(len(atoms))
    for group in wishes.together:
        places = [place for unit in sorted(group) for place in of_unit.get(unit, [])]
        strangers = sorted(group - of_unit.keys())
        if places and strangers:
            units = ", ".join(strangers)
            refused.append(violation("", "together", 0, 0, "together_elsewhere", units=units))
        elif len({atoms[place].unit for place in places}) > 1:
            path, faults = _joined(places, group, doors, locked, foes, most)
            refused += faults
            if not faults:
                together[np.isin(together, together[path])] = together[path].min()
    return Asked(numbered(together), locked, np.array(foes, dtype=np.int64).reshape(-1, 2), refused)


def _pairs(some: list[int], others: list[int]) -> list[tuple[int, int]]:
    return [(one, other) for one in some for other in others]


def _locked(
    site: Site, atoms: Sequence[Atom], old: Mapping[str, Sequence[Piece]], codes: frozenset[str]
) -> Ints:
    """Number of the locked grid of each atom: all that was in it and is still there."""
    number = {code: k for k, code in enumerate(sorted(codes))}
    pieces = [old_piece(atom, old.get(site.units[atom.unit].id, ())) for atom in atoms]
    return np.array([number.get(piece.micro, -1) if piece else -1 for piece in pieces], dtype=np.int64)


def _across(site: Site, doors: Doors, wishes: Wishes) -> list[tuple[int, int]]:
    """Neighbours with a drawn line between them."""
    lines = [shapely.transform(line, site.plane.to_metres) for line in wishes.lines]
    points = np.column_stack([doors.x, doors.y])
    return [tuple(pair) for pair in doors.edges[crossing(points, doors.edges, lines) >= 0].tolist()]


def _joined(
    places: list[int],
    group: frozenset[str],
    doors: Doors,
    locked: Ints,
    foes: list[tuple[int, int]],
    most: int,
) -> tuple[list[int], list[Violation]]:
    """Atoms that make the group hang together, or why it cannot be one micro-grid."""
    units = ", ".join(sorted(group))
    if (locked[places] >= 0).any():
        return [], [violation("", "together", 0, 0, "together_locked", units=units)]
    path = _path(places, doors, locked)
    held = int(doors.doors[path].sum()) if path else 0
    if not path or held > most:
        own = int(doors.doors[places].sum())
        cause = "together_large" if own > most else "together_far"
        held = max(own, held)
        return [], [violation("", "together", held, most, cause, units=units, doors=held, most=most)]
    if any(one in path and other in path for one, other in foes):
        return [], [violation("", "together", 0, 0, "together_apart", units=units)]
    return path, []


def _path(places: list[int], doors: Doors, locked: Ints) -> list[int]:
    """The atoms with the fewest others that connect them; empty where nothing does."""
    free = (locked[doors.edges] < 0).all(axis=1) & (doors.between == 0)
    edges = doors.edges[free]
    held = set(places)
    while True:
        inside = np.array(sorted(held))
        within = np.isin(edges, inside).all(axis=1)
        part = blocks(len(doors), edges[within])
        first = inside[part[inside] == part[inside[0]]]
        rest = np.setdiff1d(inside, first)
        if not len(rest):
            return [int(place) for place in inside]
        weights = doors.doors[edges].sum(axis=1) + 1.0
        graph = coo_array((weights, edges.T), shape=(len(doors), len(doors)))
        far, before, _ = dijkstra(
            graph.tocsr(), directed=False, indices=first, min_only=True, return_predecessors=True
        )
        nearest = int(rest[np.argmin(far[rest])])
        if not np.isfinite(far[nearest]):
            return []
        while nearest not in first:
            held.add(nearest)
            nearest = int(before[nearest])


def unmet(site: Site, found: Plan, foes: Ints, wishes: Wishes, codes: Sequence[str]) -> Iterator[Violation]:
    """Yield what was asked for and is not so in the plan; `codes` are those of its micro-grids."""
    apart = {frozenset(pair) for pair in wishes.apart}
    told = set()
    for one, other in foes.tolist():
        if found.micro[one] != found.micro[other]:
            continue
        names = sorted(site.units[found.atoms[k].unit].id for k in (one, other))
        rule, cause = ("apart", "apart_joined") if frozenset(names) in apart else ("line", "line_crossed")
        told.add((codes[found.micro[one]], rule, cause, " - ".join(names)))
    for code, rule, cause, units in sorted(told):
        yield violation(code, rule, 1, 0, cause, units=units)


def unknown_locks(wishes: Wishes, old: Mapping[str, Sequence[Piece]], code: str) -> Iterator[Violation]:
    """Yield locks of this community that name no micro-grid in force."""
    known = {piece.micro for pieces in old.values() for piece in pieces}
    for lock in sorted(wishes.locked - known):
        if lock[:12] == code:
            yield violation("", "locked", 0, 0, "locked_unknown", code=lock)
