"""A generated district as buildings, roads and rivers: what `divide` reads, polygons and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shige.division import Barrier, Unit
from shige.geo.plane import Plane

from .districts import District, Floats, Ints, town

TOWERS, SLABS, COURTYARDS, VILLAGE = range(4)
_PLANE = Plane(104.06, 30.66)
_SIZES = {TOWERS: (24.0, 15.0), SLABS: (19.0, 11.0), COURTYARDS: (9.0, 8.0), VILLAGE: (11.0, 9.0)}  # metres
_RIVER = 34.0  # metres
_FLOORS = 6  # of each bundle that the generator makes of a tower's entrance

Bend = Callable[[Floats], Floats]
"""Moves points (n, 2), metres, so that streets need not run straight."""


def straight(points: Floats) -> Floats:
    """Leave every point where it is."""
    return points


@dataclass(frozen=True, slots=True)
class Town:
    """What `divide` reads of a generated town."""

    units: list[Unit]
    barriers: list[Barrier]
    areas: dict[str, BaseGeometry]


def bent_town(seed: int, extent: Floats) -> Town:
    """Generate a town on a river, without a straight street; extent (2,) in metres."""
    place, quarters, streets = town(seed, extent)
    across = np.linspace(-0.2, 1.2, 40)
    river = extent * np.column_stack([across, 0.46 + 0.06 * np.sin(5.0 * across)])
    water = shapely.LineString(_bent(river)).buffer(_RIVER / 2)
    units = [one for one in units_of(place, _bent) if not _metres(one.geometry).dwithin(water, 6.0)]
    main = [_line("secondary", line, _bent) for line in streets]
    banks = Barrier("river", shapely.transform(water, _PLANE.to_lonlat))
    boxes = [shapely.segmentize(shapely.box(*low, *high), 20.0) for low, high in quarters]
    areas = {
        _code(k): shapely.transform(box, lambda p: _PLANE.to_lonlat(_bent(p))) for k, box in enumerate(boxes)
    }
    return Town(units, [banks, *main, *barriers_of(place, _bent)], areas)


def _metres(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, _PLANE.to_metres)


def _bent(points: Floats) -> Floats:
    """Turn and bend the ground by some degrees."""
    x, y = points.T
    east = x + 22.0 * np.sin(y / 190.0) + 9.0 * np.sin(x / 130.0 + 1.0) + 0.06 * y
    north = y + 18.0 * np.sin(x / 230.0 + 0.5) + 8.0 * np.sin(y / 140.0) - 0.06 * x
    return np.column_stack([east, north])


def units_of(place: District, bend: Bend = straight) -> list[Unit]:
    """Buildings: a tower with two entrances and all its floors, else one for each atom."""
    return [_unit(place, atoms, bend) for atoms in _buildings(place)]


def barriers_of(place: District, bend: Bend = straight) -> list[Barrier]:
    """Roads between blocks (minor) and rivers."""
    roads = [("minor", line) for lines in place.roads.values() for line in lines]
    rivers = [("river", line) for line in place.rivers.values()]
    return [_line(kind, line, bend) for kind, line in roads + rivers]


def _line(kind: str, line: Floats, bend: Bend) -> Barrier:
    dense = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 20.0))
    return Barrier(kind, shapely.LineString(_PLANE.to_lonlat(bend(dense))))


def _code(community: int) -> str:
    return f"9900{community:08d}"


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
    return Unit(
        id=f"B{atoms[0]:07d}",
        community=_code(int(place.community[atoms[0]])),
        geometry=shapely.Polygon(_PLANE.to_lonlat(bend(corners))),
        households=int(place.households[atoms].sum()),
        compound="" if kind == VILLAGE else f"C{compound:06d}",
        floors={TOWERS: _FLOORS * len(atoms) // 2, SLABS: 6}.get(kind, 2),
        entrances=2 if kind == TOWERS else 1,
        lift=kind == TOWERS,
    )
