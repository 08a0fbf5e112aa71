"""The neighbour graph of a generated district, the same for every tool: Delaunay inside communities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from shige.division.order import crossing, neighbours

from .districts import District, Ints


@dataclass(frozen=True, slots=True)
class Graph:
    """Atoms of each community in turn, and edges (m, 2) with 2 where a river lies between, else 0."""

    communities: list[Ints]
    edges: Ints
    between: Ints


def graph_of(district: District) -> Graph:
    """Join neighbouring atoms of one community."""
    order = np.argsort(district.community, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(district.community[order])) + 1)
    edges, between = [], []
    for atoms in members:
        points = district.points[atoms]
        pairs = neighbours(points)
        river = district.rivers.get(int(district.community[atoms[0]]))
        lines = [] if river is None else [shapely.LineString(river)]
        edges.append(atoms[pairs])
        between.append(2 * (crossing(points, pairs, lines) >= 0).astype(np.int64))
    return Graph(members, np.vstack(edges), np.concatenate(between))
