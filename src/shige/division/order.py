"""Which buildings are neighbours, what lies between them, and what can be reached without crossing it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay
from shapely.geometry.base import BaseGeometry

Points = NDArray[np.float64]
Edges = NDArray[np.int64]


def neighbours(points: Points) -> Edges:
    """Pairs of neighbours among points (n, 2), shape (m, 2): the edges of their Delaunay triangulation."""
    count = len(points)
    if count < 4:
        return np.array([(a, b) for a in range(count) for b in range(a)], dtype=np.int64).reshape(-1, 2)
    triangles = Delaunay(points, qhull_options="QJ Pp").simplices  # QJ: points may share a place or a line
    one, other = triangles.astype(np.int64).ravel(), triangles[:, [1, 2, 0]].astype(np.int64).ravel()
    keys = np.sort(np.minimum(one, other) * count + np.maximum(one, other))
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return np.column_stack(np.divmod(keys, count))


def crossing(points: Points, edges: Edges, barriers: Sequence[BaseGeometry]) -> NDArray[np.int64]:
    """Number of the barrier (same metres as the points) that each edge crosses; -1 where it crosses none."""
    crossed = np.full(len(edges), -1, dtype=np.int64)
    if len(edges) and len(barriers):
        lines = np.asarray(shapely.linestrings(points[edges]))
        barrier, edge = shapely.STRtree(lines).query(list(barriers), predicate="intersects")
        np.maximum.at(crossed, edge, barrier)
    return crossed


def blocks(count: int, open_edges: Edges) -> NDArray[np.int64]:
    """Number (count,) of the block of each point: what can be reached over edges (m, 2)."""
    ones = np.ones(len(open_edges), dtype=np.int8)
    graph = coo_array((ones, (open_edges[:, 0], open_edges[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
