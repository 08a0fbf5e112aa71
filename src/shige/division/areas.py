"""Areas of grids: cells around buildings that fill the community without overlap or gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.blocks import Block, blocks_of
from shige.division.cells import Ints, Points, Shapes, inner_points, outline_points, ridges
from shige.division.corridors import corridors
from shige.division.mosaic import Mosaic, faces_between, merged, narrow
from shige.division.necks import Lanes, Map, Neck, necks

_SMOOTH = (1.2, 2.5, 4.0, 6.0)  # metres; corners smaller than this go, the most that leaves doors in place
_NARROW = 12.0  # metres; ground of this width without a door belongs to whoever it runs along


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs (m, 2) of neighbouring buildings, and the group of each owner, -1 for none."""

    pairs: Ints
    group: Ints


def doors_of(footprints: Shapes) -> Points:
    """The point inside each building that stands for its doors (n, 2), in the units of `footprints`."""
    return shapely.get_coordinates(shapely.point_on_surface(footprints))


def fill(
    footprints: Shapes,
    doors: Points,
    owner: Ints,
    region: BaseGeometry,
    modest: NDArray[np.bool_] | None = None,
    *,
    roads: Sequence[BaseGeometry] = (),
    links: Links | None = None,
) -> list[BaseGeometry]:
    """Divide a region among owners of buildings: each place goes to the nearest building's owner.

    Parameters
    ----------
    footprints, doors
        Outline (metres) and door of each building, shape (n,) and (n, 2).
    owner
        Of each building, shape (n,), numbers from 0.
    region
        What is to be filled, metres.
    modest
        Buildings, shape (n,), that take only the ground close to them as long as there are others.
    roads
        Lines (metres) that borders follow: ground on one side goes to buildings on that side.
    links
        Neighbouring buildings whose ground should hang together.

    Returns
    -------
    One valid polygon or multi-polygon for each owner. Together they are the region; shared borders have
    the same points on both sides. Each owner's area holds its doors, as far as the region does and no two
    owners' doors are at one place.
    """
    points, of = outline_points(footprints, doors, owner)
    shy = np.zeros(len(doors), dtype=np.bool_) if modest is None or modest.all() else modest
    net = cache(partial(ridges, points))
    town = blocks_of(roads, region, footprints, doors, owner, shy, points, of, net)
    outlines = [region.boundary, *(block.ground.boundary for block in town)]
    faces = _faces([*np.concatenate([block.lines for block in town]), *outlines], region)
    mosaic = Mosaic.of(faces, doors, owner)
    label = mosaic.settled(*_owners(faces, town, doors))
    if links is None or _whole(mosaic, label, links.group):
        return _drawn(faces, label, doors, owner)
    held = _joined(_map(mosaic, label), links, Lanes(net, of, owner, region), region)
    return _drawn(held.parts, held.part_owner, doors, owner)


def _whole(mosaic: Mosaic, label: Ints, group: Ints) -> bool:
    """Whether the ground of every owner, and of every group of owners, hangs together."""
    for labels in (label, np.where(group[label] < 0, -1 - label, group[label])):
        if len(np.unique(mosaic.pieces(labels))) > len(np.unique(labels)):
            return False
    return True


def _map(mosaic: Mosaic, label: Ints) -> Map:
    """The ground of each owner, one polygon for each piece that hangs together."""
    piece = mosaic.pieces(label)
    first = np.unique(piece, return_index=True)[1]
    return Map(merged(mosaic.faces, piece), label[first], mosaic.doors, mosaic.owner)


def _faces(lines: Sequence[BaseGeometry], region: BaseGeometry) -> Shapes:
    """Faces of the plane inside the region, cut along lines."""
    faces = faces_between(lines)
    shapely.prepare(region)
    return np.asarray(faces[shapely.contains(region, shapely.point_on_surface(faces))])


def _owners(faces: Shapes, town: Sequence[Block], doors: Points) -> tuple[Ints, NDArray[np.bool_]]:
    """Owner of the building nearest to each face, among those of its block; and which faces are narrow.

    Those of a river, and of other wide ground without a door, do not count as narrow.
    """
    inner = inner_points(faces)
    grounds = np.array([here.ground for here in town], dtype=object)
    block, face = shapely.STRtree(inner).query(grounds, predicate="contains")
    owner = np.full(len(faces), -1, dtype=np.int64)
    slim, lanes = narrow(faces, _NARROW), narrow(grounds, _NARROW)
    for k, here in enumerate(town):
        own = face[block == k]
        owner[own] = here.nearest(inner[own])
        if not lanes[k] and not shapely.contains_xy(here.ground, doors).any():
            slim[own] = False
    return owner, slim


def _joined(held: Map, links: Links, lanes: Lanes, region: BaseGeometry) -> Map:
    """Join the pieces of each owner, and of each group of owners, where narrow ways between them can."""
    for group in (np.arange(len(links.group)), links.group, links.group):  # a neck may part another group
        found = necks(held, group, links.pairs, lanes)
        if found:
            held = _with(found, held, region)
    return _bridged(held, links, region)


def _bridged(held: Map, links: Links, region: BaseGeometry) -> Map:
    """Join what is still apart by straight ways, as long as fewer pieces are left by each."""
    least = _pieces(held, links)
    for group in (np.arange(len(links.group)), links.group):
        joined: set[int] = set()
        for pair, neck in corridors(held, group, links.pairs, region):
            if pair in joined:
                continue
            tried = _with([neck], held, region)
            left = _pieces(tried, links)
            if left < least and _at_home(tried) >= _at_home(held):
                held, least = tried, left
                joined.add(pair)
    return held


def _pieces(held: Map, links: Links) -> int:
    """How many pieces of ground owners and their groups have together."""
    group = links.group[held.part_owner]
    ofs = [shapely.coverage_union_all(held.parts[group == k]) for k in np.unique(group[group >= 0])]
    return len(held.parts) + int(shapely.get_num_geometries(np.array(ofs, dtype=object)).sum())


def _at_home(held: Map) -> int:
    """How many doors lie in the ground of their owner."""
    door, part = shapely.STRtree(held.parts).query(shapely.points(held.doors), predicate="within")
    return int((held.part_owner[part] == held.owner[door]).sum())


def _with(found: Sequence[Neck], held: Map, region: BaseGeometry) -> Map:
    """Give the ground of necks to their owners."""
    faces = _faces([*shapely.boundary(held.parts), *(neck.shape.boundary for neck in found)], region)
    inner = inner_points(faces)
    part, face = shapely.STRtree(inner).query(held.parts, predicate="contains")
    owner = np.full(len(faces), -1, dtype=np.int64)
    owner[face] = held.part_owner[part]
    for neck in found:
        owner[shapely.contains(neck.shape, inner)] = neck.owner
    mosaic = Mosaic.of(faces, held.doors, held.owner)
    return _map(mosaic, mosaic.settled(owner, np.zeros(len(faces), dtype=np.bool_)))


def _drawn(faces: Shapes, label: Ints, doors: Points, owner: Ints) -> list[BaseGeometry]:
    """Area of each owner, with the simplest borders that leave every door where it was."""
    rough = np.full(int(owner.max()) + 1, shapely.Polygon(), dtype=object)
    present = np.unique(label)
    rough[present] = merged(faces, label)
    if len(present) < len(rough):  # someone has no building near this region
        return list(rough)
    return list(smooth(rough, doors, owner))


def smooth(rough: Shapes, doors: Points, owner: Ints) -> Shapes:
    """Simplify the borders between shapes (n,) that lie side by side; what lies around all of them stays.

    A shape that would lose a door of its `owner` keeps borders that are less simple.
    """
    simple = shapely.coverage_simplify(rough, _SMOOTH[-1], simplify_boundary=False)
    if not _spoilt(simple, doors, owner).any():
        return np.asarray(simple)
    shapes, free = rough.copy(), np.arange(len(rough))
    for corner in _SMOOTH:
        while len(free):
            tried = shapes.copy()
            tried[free] = shapely.coverage_simplify(shapes[free], corner, simplify_boundary=False)
            spoilt = _spoilt(tried, doors, owner)[free]
            if not spoilt.any():
                shapes = tried
                break
            free = free[~spoilt]
    return shapes


def _spoilt(shapes: Shapes, doors: Points, owner: Ints) -> NDArray[np.bool_]:
    """Which shapes, (n,), are no longer valid or do not hold a door of theirs."""
    spoilt = np.asarray(~shapely.is_valid(shapes) | shapely.is_empty(shapes))
    spoilt[owner[~shapely.contains(shapes[owner], shapely.points(doors))]] = True
    return spoilt
