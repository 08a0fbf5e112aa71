"""The neighbour graph of doors in compressed rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def compressed(count: int, edges: Ints, between: Ints) -> tuple[Ints, Ints]:
    """Turn pairs (m, 2) and their numbers into rows: starts (count + 1,), ends with numbers (2m, 2)."""
    one, other = np.concatenate([edges, edges[:, ::-1]]).T
    order = np.argsort(one * count + other, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(one, minlength=count), out=starts[1:])
    return starts, np.column_stack([other[order], np.concatenate([between, between])[order]])


def quotient(edges: Ints, between: Ints, label: Ints) -> tuple[Ints, Ints]:
    """Edges (k, 2) between the groups by `label` (n,), with the least that lies between two of them (k,)."""
    groups = np.sort(label[edges], axis=1)
    apart = groups[:, 0] != groups[:, 1]
    count = int(label.max(initial=0)) + 1
    keys, inverse = np.unique(groups[apart] @ (count, 1), return_inverse=True)
    least = np.full(len(keys), 2, dtype=np.int64)
    np.minimum.at(least, inverse, between[apart])
    return np.column_stack(np.divmod(keys, count)), least
