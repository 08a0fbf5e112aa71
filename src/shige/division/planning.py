"""Decide which doors of one community go into which micro-grid and general grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from shige.division.cutting import Scale, cut
from shige.division.order import arrange
from shige.division.pieces import Atom, atoms_of
from shige.division.seams import row_of
from shige.division.site import Site
from shige.profile.grids import Bounds, GridRules
from shige.walking import tour

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    """Atoms with the number of the micro-grid and of the general grid of each, shape (n,), from 0.

    `breaches` counts grids out of bounds, `price` is that of what was cut anew: plans compare by both.
    """

    atoms: Sequence[Atom]
    micro: Ints
    general: Ints
    breaches: int
    price: float


@dataclass(frozen=True, slots=True)
class InForce:
    """Micro-grid in force of each atom, by number (-1: a new door), and the general grid of each of those."""

    micro: Ints
    general_of: Ints


def is_rural(site: Site, rules: GridRules) -> bool:
    """Whether general grids follow villagers' groups here (R2)."""
    return rules.rural_by_group and any(unit.rural or unit.group for unit in site.units)


def orders(site: Site, rules: GridRules) -> Iterator[list[list[Atom]]]:
    """Yield orders in which atoms can be cut, section by section.

    In towns the community is one section. In the countryside each villagers' group is one, joined with the
    next where it is too small for a micro-grid; it becomes a general grid as a whole. The orders differ in
    where they begin, and in whether they finish a block or compound before they go on.
    """
    sections = _sections(site, rules)
    most = rules.micro.high // 2  # smaller buildings are never taken apart
    atoms = [list(atoms_of(k, unit, most)) for k, unit in enumerate(site.units)]
    for block, compound in _groupings(site):
        for points in _turned(site.points):
            runs = [m[arrange(points[m], block[m], compound[m])] for m in sections]
            yield [[atom for k in run for atom in atoms[k]] for run in runs]


def _groupings(site: Site) -> list[tuple[Ints, Ints]]:
    """Different ways to hold units together: by block and compound, by block alone, by compound alone."""
    ordinary = site.ordinary
    block, compound = np.zeros((2, len(site.units)), dtype=np.int64)
    block[ordinary] = np.unique(site.block[ordinary], return_inverse=True)[1]
    compound[ordinary] = np.unique([site.units[k].compound for k in ordinary], return_inverse=True)[1]
    nothing = np.zeros_like(block)
    ways = [(block, compound), (block, nothing), (nothing, compound)]
    return list({(one.tobytes(), other.tobytes()): (one, other) for one, other in ways}.values())


def _turned(points: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Yield the points as seen from west, east, south and north."""
    for seen in (points, -points, points[:, ::-1], -points[:, ::-1]):
        yield np.ascontiguousarray(seen)


def _sections(site: Site, rules: GridRules) -> list[Ints]:
    ordinary = site.ordinary
    if not is_rural(site, rules):
        return [ordinary] if len(ordinary) else []
    groups: dict[str, list[int]] = {}
    for k in ordinary:
        groups.setdefault(site.units[k].group or site.units[k].compound, []).append(int(k))
    sets = [np.array(members, dtype=np.int64) for _, members in sorted(groups.items())]
    way = tour(np.array([site.points[members].mean(axis=0) for members in sets]), closed=False)
    return _large_enough(site, [sets[i] for i in way], rules.micro.low)


def _large_enough(site: Site, sets: list[Ints], least: int) -> list[Ints]:
    """Join neighbouring groups until each set has the doors of one micro-grid."""
    result: list[Ints] = []
    doors = 0
    for members in sets:
        joins = bool(result) and doors < least
        here = sum(site.units[k].doors for k in members)
        doors = doors + here if joins else here
        result[-1:] = [np.concatenate([result[-1], members])] if joins else [*result[-1:], members]
    if len(result) > 1 and doors < least:
        result[-2:] = [np.concatenate(result[-2:])]
    return result


def plan(site: Site, sections: list[list[Atom]], rules: GridRules, in_force: InForce | None) -> Plan:
    """Plan a community anew, or from the division in force with as few moves as it can (R7)."""
    atoms = [atom for section in sections for atom in section]
    if in_force is None or is_rural(site, rules):
        before = np.full(len(atoms), -1) if in_force is None else in_force.micro
        return _anew(site, sections, rules, before)
    return _adapted(site, atoms, rules, in_force)


def _anew(site: Site, sections: list[list[Atom]], rules: GridRules, before: Ints) -> Plan:
    micros: list[Ints] = []
    generals: list[Ints] = []
    done = micro_count = general_count = 0
    total = 0.0
    for section in sections:
        micro, general, price = _cut(site, section, rules, before[done : done + len(section)])
        total += price
        micros.append(micro + micro_count)
        generals.append(general + general_count)
        done += len(section)
        micro_count, general_count = int(micros[-1][-1]) + 1, int(generals[-1][-1]) + 1
    atoms = [atom for section in sections for atom in section]
    return _plan(atoms, np.concatenate(micros), np.concatenate(generals), total, rules)


def _plan(atoms: Sequence[Atom], micro: Ints, general: Ints, price: float, rules: GridRules) -> Plan:
    households, doors = _sizes(atoms)
    breaches = len(_outside(micro, doors, rules.micro)) + len(_outside(general, households, rules.general))
    return Plan(atoms, micro, general, breaches, price)


def _cut(site: Site, atoms: Sequence[Atom], rules: GridRules, before: Ints) -> tuple[Ints, Ints, float]:
    """Cut atoms in order; returns the numbers of their micro-grids and general grids, and the price."""
    labels = np.unique(before[before >= 0])
    compact = np.where(before >= 0, np.searchsorted(labels, before), -1)
    row = row_of(atoms, site.units, site.points, site.block, compact, rules)
    members = sorted({atom.unit for atom in atoms})
    ground = np.hypot(*np.ptp(site.points[members], axis=0)) ** 2 / 2
    scale = Scale(rules, float(ground) / max(int(row.doors.sum()), 1), not is_rural(site, rules))
    *starts, price = cut(row, scale)
    micro, general = (np.searchsorted(start, np.arange(len(atoms)), side="right") - 1 for start in starts)
    return micro, general, price


def _adapted(site: Site, atoms: list[Atom], rules: GridRules, in_force: InForce) -> Plan:
    """Keep every grid that still holds its bounds; divide the others again, with neighbours as needed."""
    micro = _with_new_doors(site, atoms, in_force.micro)
    start = best = _plan(atoms, micro, in_force.general_of[micro], 0.0, rules)
    region = _broken(start, rules)
    while best.breaches and len(region):
        best = min(best, _recut(site, start, region, rules, in_force.micro), key=lambda plan: plan.breaches)
        region = _grown(site, start, region)
    return best


def _with_new_doors(site: Site, atoms: list[Atom], before: Ints) -> Ints:
    """Put each new door into the micro-grid of the nearest building that has one, in its block if it can."""
    far = 1e5 * site.block  # metres between blocks
    where = np.array([(*site.points[a.unit], far[a.unit]) for a in atoms])
    known = np.flatnonzero(before >= 0)
    nearest = known[cKDTree(where[known]).query(where)[1]]
    return np.where(before >= 0, before, before[nearest])


def _recut(site: Site, start: Plan, region: Ints, rules: GridRules, before: Ints) -> Plan:
    """Divide the general grids of a region anew and leave the others as they are."""
    inside = np.flatnonzero(np.isin(start.general, region))
    new_micro, new_general, price = _cut(
        site, [start.atoms[k] for k in inside.tolist()], rules, before[inside]
    )
    micro, general = start.micro.copy(), start.general.copy()
    micro[inside] = new_micro + start.micro.max() + 1
    general[inside] = new_general + start.general.max() + 1
    return _plan(start.atoms, micro, general, price, rules)


def _grown(site: Site, start: Plan, region: Ints) -> Ints:
    """The region with the nearest general grid added; empty where it was everything already."""
    where = site.points[[atom.unit for atom in start.atoms]]
    inside = np.isin(start.general, region)
    if inside.all():
        return np.empty(0, dtype=np.int64)
    distance = np.asarray(cKDTree(where[inside]).query(where[~inside])[0])
    return np.append(region, start.general[~inside][int(distance.argmin())])


def _outside(number: Ints, sizes: Ints, bounds: Bounds) -> Ints:
    """Grids whose size is out of bounds."""
    held = np.bincount(number, weights=sizes)
    present = np.bincount(number) > 0
    return np.flatnonzero(present & ((held < bounds.low) | (held > bounds.high)))


def _sizes(atoms: Sequence[Atom]) -> tuple[Ints, Ints]:
    households = np.array([atom.households for atom in atoms])
    return households, households + np.array([atom.shops for atom in atoms])


def _broken(plan: Plan, rules: GridRules) -> Ints:
    """General grids that break their bounds, or hold a micro-grid that does."""
    households, doors = _sizes(plan.atoms)
    micro = np.isin(plan.micro, _outside(plan.micro, doors, rules.micro))
    general = np.isin(plan.general, _outside(plan.general, households, rules.general))
    return np.unique(plan.general[micro | general])
