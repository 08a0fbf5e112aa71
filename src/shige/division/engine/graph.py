"""The neighbour graph of doors in compressed rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def compressed(count: int, edges: Ints, clear: Flags) -> tuple[Ints, Ints, Flags]:
    """Turn pairs (m, 2) and their flags into rows: starts (count + 1,), ends (2m,), flags (2m,)."""
    both = np.concatenate([edges, edges[:, ::-1]])
    order = np.lexsort((both[:, 1], both[:, 0]))
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=count), out=starts[1:])
    return starts, np.ascontiguousarray(both[order, 1]), np.concatenate([clear, clear])[order]


def quotient(edges: Ints, clear: Flags, label: Ints) -> tuple[Ints, Flags]:
    """Edges between groups of atoms; clear where one of the edges between two groups is."""
    between = np.sort(label[edges], axis=1)
    apart = between[:, 0] != between[:, 1]
    keys, inverse = np.unique(between[apart] @ (label.max(initial=0) + 1, 1), return_inverse=True)
    flags = np.zeros(len(keys), dtype=np.bool_)
    np.logical_or.at(flags, inverse, clear[apart])
    return np.column_stack(np.divmod(keys, label.max(initial=0) + 1)), flags
