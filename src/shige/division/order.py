"""An order of buildings in which neighbours follow each other, block by block and compound by compound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay
from shapely.geometry.base import BaseGeometry

from shige.walking import tour

Points = NDArray[np.float64]
Edges = NDArray[np.int64]


def neighbours(points: Points) -> Edges:
    """Pairs of neighbouring points, shape (m, 2): the edges of their Delaunay triangulation."""
    count = len(points)
    if count < 4:
        return np.array([(a, b) for a in range(count) for b in range(a)], dtype=np.int64).reshape(-1, 2)
    triangles = Delaunay(points, qhull_options="QJ Pp").simplices  # QJ: points may share a place or a line
    edges = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    return np.unique(edges, axis=0).astype(np.int64)


def crossing(points: Points, edges: Edges, barriers: Sequence[BaseGeometry]) -> NDArray[np.int64]:
    """Number of the barrier (same metres as the points) that each edge crosses; -1 where it crosses none."""
    crossed = np.full(len(edges), -1, dtype=np.int64)
    if len(edges) and len(barriers):
        lines = np.asarray(shapely.linestrings(points[edges]))
        barrier, edge = shapely.STRtree(lines).query(list(barriers), predicate="intersects")
        np.maximum.at(crossed, edge, barrier)
    return crossed


def blocks(count: int, open_edges: Edges) -> NDArray[np.int64]:
    """Number of the block in which each point lies: what can be reached without crossing a barrier."""
    ones = np.ones(len(open_edges), dtype=np.int8)
    graph = coo_array((ones, (open_edges[:, 0], open_edges[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def arrange(points: Points, block: NDArray[np.int64], compound: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order of the points: blocks, in them compounds, in them points, each by a short way.

    Parameters
    ----------
    points
        Metres, shape (n, 2).
    block, compound
        Number of those of each point, shape (n,).
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for index, key in enumerate(zip(block.tolist(), compound.tolist(), strict=True)):
        groups.setdefault(key, []).append(index)
    by_block: dict[int, list[list[int]]] = {}
    for (number, _), members in sorted(groups.items()):
        by_block.setdefault(number, []).append(members)
    in_turn = [members for row in _by_way(points, list(by_block.values())) for members in row]
    runs = [np.array(members, dtype=np.int64) for members in in_turn]
    return _chain(points, runs)


def _by_way(points: Points, by_block: list[list[list[int]]]) -> list[list[list[int]]]:
    """Put blocks, and the groups inside each, in the order of an open tour of their middles."""
    middles = np.array([points[np.concatenate(groups)].mean(axis=0) for groups in by_block])
    rows = [by_block[i] for i in tour(middles, closed=False)]
    for number, groups in enumerate(rows):
        inner = np.array([points[members].mean(axis=0) for members in groups])
        rows[number] = [groups[i] for i in tour(inner, closed=False)]
    return rows


def _chain(points: Points, runs: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Follow a Hilbert curve in each group, turned so that it begins near the last and ends near the next."""
    middles = [points[run].mean(axis=0) for run in runs]
    chained: list[NDArray[np.int64]] = []
    for run, following in pairwise([*zip(runs, middles, strict=True), (runs[-1], middles[-1])]):
        before = points[chained[-1][-1]] if chained else None
        here = points[run[0]]
        ways = [run[0][np.argsort(_hilbert(here, turn), kind="stable")] for turn in range(8)]
        chained.append(min(ways, key=lambda way: _jumps(points, way, before, following[1])))
    return np.concatenate(chained)


def _jumps(points: Points, way: NDArray[np.int64], before: Points | None, after: Points) -> float:
    out = np.hypot(*(points[way[-1]] - after))
    return float(out if before is None else out + np.hypot(*(points[way[0]] - before)))


@njit(cache=True)
def _hilbert(points: Points, turn: int) -> NDArray[np.int64]:
    """Position of each point along a Hilbert curve over their box, in one of its 8 positions."""
    full = 2**16 - 1
    left, lower = points[:, 0].min(), points[:, 1].min()
    side_length = max(points[:, 0].max() - left, points[:, 1].max() - lower, 1e-9)
    positions = np.zeros(len(points), np.int64)
    for k in range(len(points)):
        x = int((points[k, 0] - left) / side_length * full)
        y = int((points[k, 1] - lower) / side_length * full)
        x, y = (full - x if turn & 1 else x), (full - y if turn & 2 else y)
        if turn & 4:
            x, y = y, x
        side = 2**15
        while side:
            right, upper = int((x & side) > 0), int((y & side) > 0)
            positions[k] += side * side * ((3 * right) ^ upper)
            if not upper:
                if right:
                    x, y = full - x, full - y
                x, y = y, x
            side >>= 1
    return positions
