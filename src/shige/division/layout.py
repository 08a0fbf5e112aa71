"""From the units of a community to the arrays that the engine reads: atoms, neighbours, what is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from shige.division.engine.doors import Doors
from shige.division.pieces import Atom, atoms_of, read_part
from shige.division.site import Site
from shige.division.units import Piece, Unit
from shige.profile.grids import GridRules
from shige.walking import climb_seconds

Ints = NDArray[np.int64]


def atoms_in(site: Site, rules: GridRules, old: Mapping[str, Sequence[Piece]]) -> list[Atom]:
    """Atoms of all units outside exclusive grids; only what has more doors than a micro-grid is split."""
    return [
        atom
        for k in site.ordinary.tolist()
        for atom in atoms_of(k, site.units[k], rules.micro.high, _borders(old.get(site.units[k].id, ())))
    ]


def _borders(pieces: Sequence[Piece]) -> set[tuple[int, int]]:
    """Entrance and floor above which a piece in force begins or ends."""
    parts = [read_part(piece.part) or (0, 0, 0) for piece in pieces]
    return {(entrance, floor) for entrance, low, high in parts if high for floor in (low - 1, high)}


def old_piece(atom: Atom, pieces: Sequence[Piece]) -> Piece | None:
    """The old piece in which an atom lies; for a building in one atom the one with most households."""
    for piece in pieces:
        entrance, low, high = read_part(piece.part) or (0, 0, 0)
        if atom.entrance and entrance in (0, atom.entrance) and (not high or low <= atom.low <= high):
            return piece
    return None if atom.entrance else max(pieces, key=lambda piece: piece.households, default=None)


def in_force(site: Site, atoms: Sequence[Atom], old: Mapping[str, Sequence[Piece]]) -> tuple[Ints, Ints]:
    """Numbers of the micro-grid and the general grid in force of each atom; -1 where it was in none."""
    pieces = [old_piece(atom, old.get(site.units[atom.unit].id, ())) for atom in atoms]
    micro, general = ([getattr(p, level) if p else "" for p in pieces] for level in ("micro", "general"))
    return _numbers(micro), _numbers(general)


def doors_in(
    site: Site, atoms: Sequence[Atom], rules: GridRules, before: Ints, above: Ints, foes: Ints
) -> Doors:
    """Describe atoms to the engine.

    Parameters
    ----------
    before, above
        Number of the micro-grid and of the general grid in force of each atom, -1 where there is none.
    foes
        Pairs (f, 2) of atoms that have to lie in different micro-grids.
    """
    unit = np.array([atom.unit for atom in atoms], dtype=np.int64)
    units = [site.units[k] for k in unit.tolist()]
    households = np.array([atom.households for atom in atoms], dtype=np.int64)
    shops = np.array([atom.shops for atom in atoms], dtype=np.int64)
    share = (households + shops) / np.maximum([one.doors for one in units], 1)
    edges, between = _edges(site, atoms, unit)
    return Doors(
        x=site.points[unit, 0],
        y=site.points[unit, 1],
        households=households,
        doors=households + shops,
        later=_later(units, households),
        hours=np.array([_hours(atom, one, rules) for atom, one in zip(atoms, units, strict=True)]),
        load=share * np.array([one.workload for one in units]),
        compound=_numbers([one.compound for one in units]),
        street=site.street[unit],
        house=np.where(np.bincount(unit, minlength=len(site.units))[unit] > 1, unit, -1),
        edges=edges,
        between=between,
        before=before,
        above=above,
        foes=foes,
    )


def _numbers(names: Sequence[str]) -> Ints:
    """Number names from 0 in their order; -1 for the empty one."""
    place = {name: k for k, name in enumerate(sorted({name for name in names if name}))}
    return np.array([place.get(name, -1) for name in names], dtype=np.int64)


def _later(units: Sequence[Unit], households: Ints) -> Ints:
    """Households that are expected at each atom: those of its unit, spread as today's are."""
    grown = [max(one.expected_households, one.households) / max(one.households, 1) for one in units]
    return np.asarray(np.rint(households * np.array(grown)), dtype=np.int64)


def _hours(atom: Atom, unit: Unit, rules: GridRules) -> float:
    """Hours at the doors and on the stairs, shared by the people of a micro-grid."""
    minutes = unit.minutes or getattr(rules.minutes, rules.aim_task)
    entrances = 1 if atom.entrance else unit.entrances
    climb = entrances * climb_seconds(atom.high - atom.low + 1, unit.lift, rules)
    more = unit.minutes_more(rules) * atom.households / max(unit.households, 1)
    at_doors = 60.0 * (minutes * (atom.households + atom.shops) + more)
    return float((at_doors + climb) / 3600.0 / rules.aim_people)


def _edges(site: Site, atoms: Sequence[Atom], unit: Ints) -> tuple[Ints, Ints]:
    """Neighbours among atoms: floors above each other, entrances side by side, and doors of other units."""
    foot = np.array([atom.low == 1 for atom in atoms])
    feet: list[list[int]] = [[] for _ in site.units]
    for place in np.flatnonzero(foot).tolist():
        feet[unit[place]].append(place)
    own = [
        (k, k + 1) for k, (one, next_one) in enumerate(pairwise(atoms))
        if one.unit == next_one.unit and one.entrance == next_one.entrance
    ]  # fmt: skip
    own += [pair for places in feet for pair in pairwise(places)]
    single = np.array([places[0] if len(places) == 1 else -1 for places in feet], dtype=np.int64)
    pairs = single[site.edges]
    plain = (pairs >= 0).all(axis=1)
    lies = np.where(site.crosses >= 0, 2, _between_others(site))
    others = [
        (*pair, lies[edge])
        for edge in np.flatnonzero(~plain).tolist()
        for pair in product(*(feet[k] for k in site.edges[edge]))
    ]
    more = np.array(others, dtype=np.int64).reshape(-1, 3)
    edges = np.vstack([np.array(own, dtype=np.int64).reshape(-1, 2), pairs[plain], more[:, :2]])
    return edges, np.concatenate([np.zeros(len(own), dtype=np.int64), lies[plain], more[:, 2]])


def _between_others(site: Site) -> NDArray[np.bool_]:
    """Edges with another unit half-way: their ground hardly touches, if it does at all."""
    ends = site.points[site.edges]
    half = np.hypot(*(ends[:, 0] - ends[:, 1]).T) / 2
    nearest = cKDTree(site.points).query(ends.mean(axis=1))[0]
    return np.asarray(nearest < 0.98 * half)
