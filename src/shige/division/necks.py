"""Narrow ways between buildings that join the ground of a grid whose buildings are neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

from shige.division.cells import Ints, Points, Ridges, Shapes

_WIDTH = 4.0  # metres
_FAR = 150.0  # metres of way; longer ones are not drawn
_REACH = 30.0  # metres from its ends to what it joins
_SAME = 3.0  # how much longer a way is that parts two buildings of one owner
_JOIN = 0.05  # metres by which a way reaches into what it joins


@dataclass(frozen=True, slots=True)
class Map:
    """Polygons (p,) with the owner of each, and doors (n, 2) with the owner of each building."""

    parts: Shapes
    part_owner: Ints
    doors: Points
    owner: Ints


@dataclass(frozen=True, slots=True)
class Neck:
    """Ground that goes to an owner."""

    shape: BaseGeometry
    owner: int


class Lanes:
    """The borders between cells of different buildings inside a region, as ways."""

    def __init__(self, net: Callable[[], Ridges], of: Ints, owner: Ints, region: BaseGeometry) -> None:
        """Take the borders between points on buildings, the building of each point, and its owner."""
        self._of = of
        self._owner = owner
        self._borders = net
        self._region = region

    @cached_property
    def _net(self) -> Ridges:
        return self._borders()

    @cached_property
    def _sides(self) -> Ints:
        """Building on either side of each border, -1 for none."""
        return np.where(self._net.sites < 0, -1, self._of[self._net.sites])

    @cached_property
    def _ways(self) -> csr_array:
        return _graph(self._net, self._sides, self._owner, self._region)

    def between(self, one: NDArray[np.bool_], other: NDArray[np.bool_]) -> BaseGeometry | None:
        """The shortest way from some buildings to others, given by flags (n,); None where it is too long."""
        start, goal = (np.unique(self._net.ends[self._beside(flags)]) for flags in (one, other))
        distance, before, _ = dijkstra(
            self._ways, directed=False, indices=start, min_only=True, limit=_FAR, return_predecessors=True
        )
        end = int(goal[np.argmin(distance[goal])])
        if not np.isfinite(distance[end]):
            return None
        way = [end]
        while before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        at = self._net.corners[way]
        return shapely.Point(at[0]) if len(at) == 1 else shapely.LineString(at)

    def holds(self, shape: BaseGeometry) -> bool:
        """Whether ground lies in the region."""
        return bool(shapely.covers(self._region, shape))

    def _beside(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.asarray((flags[self._sides] & (self._sides >= 0)).any(axis=1))


def necks(held: Map, group: Ints, links: Ints, lanes: Lanes) -> list[Neck]:
    """Find ways along the borders of cells that join the ground of one group and part nobody else's.

    Parameters
    ----------
    group
        Of each owner: what should hang together, -1 for nothing.
    links
        Pairs (m, 2) of neighbouring buildings; only these may be joined.
    """
    clusters, of_cluster = _clusters(held, group)
    home = _homes(held, clusters, of_cluster, group)
    pairs = home[links]
    apart = (pairs >= 0).all(axis=1) & (pairs[:, 0] != pairs[:, 1])
    apart[apart] &= of_cluster[pairs[apart, 0]] == of_cluster[pairs[apart, 1]]
    found: list[Neck] = []
    reached = np.arange(len(clusters))
    for way, link in sorted(_ways(home, links[apart], lanes), key=lambda item: (item[0].length, *item[1])):
        one, other = home[list(link)].tolist()
        if reached[one] == reached[other]:
            continue
        neck = Neck(_widened(way, clusters[one], clusters[other]), int(held.owner[link[0]]))
        if lanes.holds(neck.shape) and _joins(neck, clusters[[one, other]]) and _harmless(neck, held, found):
            found.append(neck)
            reached[reached == reached[other]] = reached[one]
    return found


def _graph(net: Ridges, sides: Ints, owner: Ints, region: BaseGeometry) -> csr_array:
    known = (sides >= 0).all(axis=1) & (sides[:, 0] != sides[:, 1])
    length = np.hypot(*(net.corners[net.ends[:, 0]] - net.corners[net.ends[:, 1]]).T)
    shapely.prepare(region)
    inside = shapely.contains_xy(region, net.corners)
    use = known & (length < _FAR) & inside[net.ends].all(axis=1)
    same = owner[sides[use, 0]] == owner[sides[use, 1]]
    cost = np.maximum(length[use], 1e-6) * np.where(same, _SAME, 1.0)
    count = len(net.corners)
    return coo_array((cost, (net.ends[use, 0], net.ends[use, 1])), shape=(count, count)).tocsr()


def _clusters(held: Map, group: Ints) -> tuple[Shapes, Ints]:
    """Ground of each group, one polygon for each piece that hangs together."""
    label = group[held.part_owner]
    present = np.unique(label[label >= 0])
    pieces = [shapely.get_parts(shapely.coverage_union_all(held.parts[label == k])) for k in present]
    if not pieces:
        return held.parts[:0], present
    return np.concatenate(pieces), np.repeat(present, [len(piece) for piece in pieces])


def _homes(held: Map, clusters: Shapes, of_cluster: Ints, group: Ints) -> Ints:
    """Cluster of its group that each door lies in, -1 for none."""
    home = np.full(len(held.doors), -1, dtype=np.int64)
    if len(clusters):
        door, cluster = shapely.STRtree(clusters).query(shapely.points(held.doors), predicate="intersects")
        own = of_cluster[cluster] == group[held.owner[door]]
        home[door[own]] = cluster[own]
    return home


def _ways(home: Ints, links: Ints, lanes: Lanes) -> Iterator[tuple[BaseGeometry, tuple[int, int]]]:
    """The shortest way between the clusters of each link, once for each two clusters."""
    firsts = np.unique(np.sort(home[links], axis=1), axis=0, return_index=True)[1]
    for one, other in links[firsts].tolist():
        way = lanes.between(home == home[one], home == home[other])
        if way is not None:
            yield way, (one, other)


def _widened(way: BaseGeometry, one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """The way as ground that reaches both clusters."""
    ends = [shapely.shortest_line(way, cluster) for cluster in (one, other)]
    reach = [line for line in ends if 0 < line.length < _REACH]
    whole = shapely.union_all(
        [shapely.buffer(line, _WIDTH / 2, join_style="mitre") for line in [way, *reach]]
    )
    return shapely.union_all([whole, *(shapely.buffer(line, _JOIN) for line in ends)])


def _joins(neck: Neck, clusters: Shapes) -> bool:
    whole = shapely.union_all([neck.shape, *clusters])
    return bool(shapely.get_num_geometries(whole) == 1)


def _harmless(neck: Neck, held: Map, taken: list[Neck]) -> bool:
    """Whether ground can change hands and nobody else is parted or loses a door."""
    if any(other.owner != neck.owner and other.shape.intersects(neck.shape) for other in taken):
        return False
    theirs = (held.part_owner != neck.owner) & shapely.intersects(held.parts, neck.shape)
    for part in held.parts[theirs]:
        inside = np.asarray(shapely.points(held.doors[shapely.contains_xy(part, held.doors)]))
        left = shapely.get_parts(shapely.difference(part, neck.shape))
        counts = [int(shapely.contains(piece, inside).sum()) for piece in left]
        if sum(counts) < len(inside) or sum(1 for count in counts if count) > 1:
            return False
    return True
