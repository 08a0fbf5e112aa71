"""Decide which doors of one community go into which micro-grid and general grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shige.profile.grids import GridRules
from shige.walking import tour

from .engine.doors import Doors, chosen, held_together, numbered
from .engine.levels import draw, micros
from .engine.revision import micros_again, redraw
from .engine.seeds import hilbert
from .pieces import Atom
from .site import Site

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    """Atoms with the number of the micro-grid and of the general grid of each, shape (n,), from 0."""

    atoms: Sequence[Atom]
    micro: Ints
    general: Ints


def is_rural(site: Site, rules: GridRules) -> bool:
    """Whether general grids follow villagers' groups here (R2)."""
    return rules.rural_by_group and any(unit.rural or unit.group for unit in site.units)


def plan(
    site: Site, atoms: Sequence[Atom], doors: Doors, rules: GridRules, together: Ints, locked: Ints
) -> Plan:
    """Plan a community anew, or from the division in force with as few moves as it can (R7).

    Parameters
    ----------
    together
        Number of what each atom is held together with, from 0; all different where nothing is.
    locked
        Number of the micro-grid in force that each atom stays in, -1 for those that may move.
    """
    nodes = held_together(doors, together)
    fixed = np.full(len(nodes), -1, dtype=np.int64)
    fixed[together] = locked
    if is_rural(site, rules):
        found = _by_groups(site, atoms, nodes, rules, together, fixed)
    else:
        way = redraw if (doors.before >= 0).any() else draw
        levels = way(nodes, rules, fixed)
        found = levels.micro, levels.general
    micro, general = _in_turn(nodes, *found)
    return Plan(atoms, micro[together], general[together])


def _by_groups(
    site: Site, atoms: Sequence[Atom], nodes: Doors, rules: GridRules, together: Ints, fixed: Ints
) -> tuple[Ints, Ints]:
    """In the countryside each villagers' group, or some small ones together, is one general grid."""
    section = _sections(site, rules)
    general = np.empty(len(nodes), dtype=np.int64)
    general[together] = section[[atom.unit for atom in atoms]]
    micro = np.empty(len(nodes), dtype=np.int64)
    way = micros_again if (nodes.before >= 0).any() else micros
    count = 0
    for number in np.unique(general):
        inside = np.flatnonzero(general == number)
        micro[inside] = way(chosen(nodes, inside), rules, fixed[inside]) + count
        count = int(micro[inside].max()) + 1
    return micro, numbered(general)


def _sections(site: Site, rules: GridRules) -> Ints:
    """Number of the set of villagers' groups of each unit; each set has the doors of one micro-grid."""
    groups: dict[str, list[int]] = {}
    for k in site.ordinary.tolist():
        groups.setdefault(site.units[k].group or site.units[k].compound, []).append(k)
    sets = [np.array(members, dtype=np.int64) for _, members in sorted(groups.items())]
    way = tour(np.array([site.points[members].mean(axis=0) for members in sets]), closed=False)
    section = np.full(len(site.units), -1, dtype=np.int64)
    for number, members in enumerate(_large_enough(site, [sets[i] for i in way], rules.micro.low)):
        section[members] = number
    return section


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


def _in_turn(nodes: Doors, micro: Ints, general: Ints) -> tuple[Ints, Ints]:
    """Number general grids, and micro-grids inside them, along a curve, so that numbers lie side by side."""
    return _along(nodes, micro), _along(nodes, general)


def _along(nodes: Doors, label: Ints) -> Ints:
    count = np.bincount(label)
    x, y = (np.bincount(label, weights=values) / count for values in (nodes.x, nodes.y))
    place = np.empty(len(count), dtype=np.int64)
    place[np.argsort(hilbert(x, y, 0), kind="stable")] = np.arange(len(count))
    return place[label]
