"""Measure a division of atoms: the objective J, validity, splits, evenness and cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .districts import District, Floats, Ints
from .graphs import Graph

IDEAL = 65  # households of a micro-grid in J
MICRO, GENERAL = (30, 100), (300, 500)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one division; shares are between 0 and 1.

    Attributes
    ----------
    valid, valid_general
        Share of households in grids that are within bounds and connected.
    objective
        J, as docs/division.md writes it.
    ratio
        Micro-grids for each one that the target asks for.
    split
        Share of the compounds of at most 100 households that lie in several micro-grids.
    mixed
        Share of micro-grids that hold households of two compounds of 30 or more.
    deviation
        Coefficient of variation of the sizes.
    cut
        Share of neighbour pairs in different micro-grids.
    """

    parts: int
    ratio: float
    valid: float
    objective: float
    split: float
    mixed: float
    deviation: float
    cut: float
    valid_general: float


def measured(district: District, graph: Graph, micro: Ints, general: Ints | None, target: int) -> Measured:
    """Measure labels (n,) that count from 0 over the whole district."""
    weight = district.households
    sizes = np.bincount(micro, weights=weight)
    return Measured(
        parts=len(sizes),
        ratio=len(sizes) * target / weight.sum(),
        valid=_valid(graph, micro, weight, MICRO),
        objective=objective(district.points, weight, district.compound, micro),
        split=_split(district, micro),
        mixed=_mixed(district, micro),
        deviation=float(sizes.std() / sizes.mean()),
        cut=float((micro[graph.edges[:, 0]] != micro[graph.edges[:, 1]]).mean()),
        valid_general=0.0 if general is None else _valid(graph, general, weight, GENERAL),
    )


def objective(points: Floats, weight: Ints, compound: Ints, micro: Ints) -> float:
    """J for each household: distance to the middle, pieces of compounds, and sizes away from 65."""
    sizes = np.bincount(micro, weights=weight)
    middles = np.column_stack([np.bincount(micro, weights=weight * along) for along in points.T])
    middles /= np.maximum(sizes, 1)[:, None]
    squares = ((points - middles[micro]) ** 2).sum(axis=1)
    pieces = len(np.unique(np.column_stack([micro, compound]), axis=0))
    uneven = 20.0 * (sizes - IDEAL) ** 2 / IDEAL
    return float(((weight * squares).sum() / 60.0 + 600.0 * pieces + uneven.sum()) / weight.sum())


def _valid(graph: Graph, label: Ints, weight: Ints, bounds: tuple[int, int]) -> float:
    inside = label[graph.edges[:, 0]] == label[graph.edges[:, 1]]
    ends = graph.edges[inside].T
    net = coo_array((np.ones(inside.sum()), ends), shape=(len(label), len(label)))
    part = connected_components(net, directed=False)[1]
    pairs = np.unique(np.column_stack([label, part]), axis=0)
    whole = np.bincount(pairs[:, 0]) == 1
    sizes = np.bincount(label, weights=weight)
    good = whole & (sizes >= bounds[0]) & (sizes <= bounds[1])
    return float(sizes[good].sum() / weight.sum())


def _split(district: District, micro: Ints) -> float:
    sizes = np.bincount(district.compound, weights=district.households)
    pieces = np.bincount(np.unique(np.column_stack([district.compound, micro]), axis=0)[:, 0])
    small = (sizes > 0) & (sizes <= MICRO[1])
    return float((pieces[small] > 1).mean())


def _mixed(district: District, micro: Ints) -> float:
    sizes = np.bincount(district.compound, weights=district.households)
    walled = sizes[district.compound] >= MICRO[0]
    pairs = np.unique(np.column_stack([micro, district.compound])[walled], axis=0)
    return float((np.bincount(pairs[:, 0]) > 1).sum() / (micro.max() + 1))
