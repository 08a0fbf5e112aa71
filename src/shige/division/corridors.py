"""Straight ways across that join the ground of a grid where no way between buildings does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shige.division.cells import Ints, Shapes
from shige.division.necks import Map, Neck

_WIDTHS = 5.0, 2.0  # metres; the second where the first takes somebody's door
_TRIES = 4  # ways for each two pieces, the shortest first


def corridors(held: Map, group: Ints, links: Ints, region: BaseGeometry) -> Iterator[tuple[int, Neck]]:
    """Yield ways between pieces of one group that lie apart, with the number of the pair that each joins.

    Neighbours in a triangulation are joined by lines that cross no others, so together such ways can join
    every grid that hangs together. Whether one of them parts somebody else is left to the caller.

    Parameters
    ----------
    group
        Of each owner: what should hang together, -1 for nothing.
    links
        Pairs (m, 2) of neighbouring buildings; only these may be joined.
    """
    for number, (one, other, between) in enumerate(_apart(held, group, links)):
        lines = np.asarray(shapely.linestrings(held.doors[between]))
        lines = lines[np.argsort(shapely.length(lines), kind="stable")]
        ways = [shapely.shortest_line(one, other), *lines][:_TRIES]
        for width, way in product(_WIDTHS, ways):
            ground = _ground(way, width, one, other, region)
            if ground is not None:
                yield number, Neck(ground, int(held.owner[between[0, 0]]))


def _apart(held: Map, group: Ints, links: Ints) -> Iterator[tuple[BaseGeometry, BaseGeometry, Ints]]:
    """Two pieces of one group, and the links between them, shape (k, 2)."""
    pieces, home = _pieces(held, group)
    ends = home[links]
    apart = (ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1])
    whose = group[held.owner[links]]
    apart &= whose[:, 0] == whose[:, 1]
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for link in np.flatnonzero(apart).tolist():
        low, high = sorted(ends[link].tolist())
        found[low, high].append(link)
    for (low, high), between in sorted(found.items()):
        yield pieces[low], pieces[high], links[between]


def _pieces(held: Map, group: Ints) -> tuple[Shapes, Ints]:
    """Pieces of the ground of all groups, and the one in which each door lies, -1 for none."""
    label = group[held.part_owner]
    joined = [shapely.coverage_union_all(held.parts[label == k]) for k in np.unique(label[label >= 0])]
    pieces = shapely.get_parts(np.array(joined, dtype=object))
    home = np.full(len(held.doors), -1, dtype=np.int64)
    door, piece = shapely.STRtree(pieces).query(shapely.points(held.doors), predicate="intersects")
    home[door] = piece
    return pieces, home


def _ground(
    way: BaseGeometry, width: float, one: BaseGeometry, other: BaseGeometry, region: BaseGeometry
) -> BaseGeometry | None:
    """The way as ground inside the region; None where it does not join both."""
    strip = shapely.buffer(way, width / 2, cap_style="square", join_style="mitre")
    wide = shapely.intersection(strip, region)
    whole = shapely.union_all([one, other, wide])
    return wide if shapely.get_num_geometries(whole) == 1 else None
