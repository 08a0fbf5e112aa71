"""Other tools on the same atoms and the same graph, community by community, as their manuals set them up.

None of them knows bounds on both sides, so each gets as many parts as the target asks for, or its own
limit on the size of a part.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .districts import District, Ints
from .graphs import Graph

Tool = Callable[["Place"], Ints]


class Place:
    """One community: its atoms, households, and the graph in compressed rows."""

    def __init__(self, district: District, graph: Graph, atoms: Ints) -> None:
        number = np.full(len(district.households), -1, dtype=np.int64)
        number[atoms] = np.arange(len(atoms))
        inside = number[graph.edges[:, 0]] >= 0
        self.points, self.weight = district.points[atoms], district.households[atoms]
        self.compound = district.compound[atoms]
        self.edges = number[graph.edges[inside]]
        self.likes = np.where(self.compound[self.edges[:, 0]] == self.compound[self.edges[:, 1]], 4, 1)
        both = np.vstack([self.edges, self.edges[:, ::-1]])
        order = np.lexsort((both[:, 1], both[:, 0]))
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=len(atoms)))])
        self.ends, self.end_likes = both[order, 1], np.concatenate([self.likes, self.likes])[order]
        self.count = max(1, round(self.weight.sum() / 67))


def metis(place: Place) -> Ints:
    """METIS by pymetis: k parts, contiguous, at most 1.3 times the mean."""
    import pymetis

    graph = pymetis.CSRAdjacency(place.starts, place.ends)
    options = pymetis.Options(contig=1, ufactor=300, seed=1)
    found = pymetis.part_graph(
        place.count, graph, vweights=place.weight, eweights=place.end_likes, recursive=False, options=options
    )
    return np.array(found[1])


def kahip(place: Place) -> Ints:
    """KaHIP, mode eco, imbalance of 30%."""
    import kahip

    rows = (place.weight, place.starts, place.end_likes, place.ends)
    _, label = kahip.kaffpa(*(row.tolist() for row in rows), place.count, 0.3, True, 1, 1)
    return np.array(label)


def leiden(place: Place) -> Ints:
    """Leiden by leidenalg: constant Potts model on households, no part over 100."""
    import igraph
    import leidenalg

    graph = igraph.Graph(n=len(place.weight), edges=place.edges.tolist())
    found = leidenalg.find_partition(
        graph, leidenalg.CPMVertexPartition, weights=place.likes.tolist(), seed=1, n_iterations=4,
        node_sizes=place.weight.tolist(), resolution_parameter=0.002, max_comm_size=100,
    )  # fmt: skip
    return np.array(found.membership)


def max_p(place: Place) -> Ints:
    """Max-p regions by spopt: as many connected regions of at least 30 households as there can be."""
    import geopandas
    import libpysal
    from spopt.region import MaxPHeuristic

    frame = geopandas.GeoDataFrame(
        {"households": place.weight, "x": place.points[:, 0], "y": place.points[:, 1]},
        geometry=geopandas.points_from_xy(*place.points.T),
    )
    near = {k: place.ends[place.starts[k] : place.starts[k + 1]].tolist() for k in range(len(place.weight))}
    found = MaxPHeuristic(
        frame, libpysal.weights.W(near, silence_warnings=True), ["x", "y"], "households", 30, top_n=2,
        max_iterations_construction=5, max_iterations_sa=2,
    )  # fmt: skip
    np.random.seed(1)
    found.solve()
    return np.unique(np.array(found.labels_), return_inverse=True)[1]


def k_means(place: Place) -> Ints:
    """Constrained k-means on atoms: it bounds how many atoms a part has, not their households."""
    from k_means_constrained import KMeansConstrained

    mean = len(place.weight) / place.count
    low, high = max(int(0.6 * mean), 1), int(1.6 * mean) + 1
    found = KMeansConstrained(place.count, size_min=low, size_max=high, random_state=1, n_init=1, max_iter=20)
    return np.array(found.fit_predict(place.points))


TOOLS: dict[str, tuple[str, Tool]] = {
    "METIS": ("pymetis", metis),
    "KaHIP eco": ("kahip", kahip),
    "Leiden": ("leidenalg", leiden),
    "spopt max-p": ("spopt", max_p),
    "constrained k-means": ("k_means_constrained", k_means),
}
"""Name of the package and the way to call it."""


def labels(district: District, graph: Graph, tool: Tool) -> Ints:
    """Labels over the whole district."""
    result = np.zeros(len(district.households), dtype=np.int64)
    count = 0
    for atoms in graph.communities:
        found = np.unique(tool(Place(district, graph, atoms)), return_inverse=True)[1]
        result[atoms] = found + count
        count += int(found.max()) + 1
    return result
