"""A generated district as buildings, roads and rivers: what `divide` reads, polygons and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely

from shige.division import Barrier, Unit
from shige.geo.plane import Plane

from .districts import District, Floats, Ints

TOWERS, SLABS, COURTYARDS, VILLAGE = range(4)
_PLANE = Plane(104.06, 30.66)
_SIZES = {TOWERS: (24.0, 15.0), SLABS: (19.0, 11.0), COURTYARDS: (9.0, 8.0), VILLAGE: (11.0, 9.0)}  # metres
_FLOORS = 6  # of each bundle that the generator makes of a tower's entrance

Bend = Callable[[Floats], Floats]
"""Moves points (n, 2), metres, so that streets need not run straight."""


def straight(points: Floats) -> Floats:
    """Leave every point where it is."""
    return points


def units_of(place: District, bend: Bend = straight) -> list[Unit]:
    """Buildings: a tower with two entrances and all its floors, else one for each atom."""
    return [_unit(place, atoms, bend) for atoms in _buildings(place)]


def barriers_of(place: District, bend: Bend = straight) -> list[Barrier]:
    """Roads between blocks (minor) and rivers."""
    roads = [("minor", line) for lines in place.roads.values() for line in lines]
    rivers = [("river", line) for line in place.rivers.values()]
    return [
        Barrier(kind, shapely.LineString(_PLANE.to_lonlat(bend(_dense(line))))) for kind, line in roads + rivers
    ]


def _buildings(place: District) -> Iterator[Ints]:
    """Atoms of each building; those of a tower follow each other."""
    far = np.hypot(*np.diff(place.points, axis=0).T) > 20.0
    strange = np.diff(place.compound) != 0
    tower = place.kind == TOWERS
    new = far | strange | ~tower[1:] | ~tower[:-1]
    return iter(np.split(np.arange(len(place.points)), np.flatnonzero(new) + 1))


def _unit(place: District, atoms: Ints, bend: Bend) -> Unit:
    kind, compound = int(place.kind[atoms[0]]), int(place.compound[atoms[0]])
    middle, half = place.points[atoms].mean(axis=0), np.array(_SIZES[kind]) / 2
    corners = middle + half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    code = f"9900{place.community[atoms[0]]:08d}"
    return Unit(
        id=f"B{atoms[0]:07d}",
        community=code,
        geometry=shapely.Polygon(_PLANE.to_lonlat(bend(corners))),
        households=int(place.households[atoms].sum()),
        compound="" if kind == VILLAGE else f"C{compound:06d}",
        floors={TOWERS: _FLOORS * len(atoms) // 2, SLABS: 6}.get(kind, 2),
        entrances=2 if kind == TOWERS else 1,
        lift=kind == TOWERS,
    )


def _dense(line: Floats) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 20.0)))
