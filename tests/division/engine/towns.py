"""Small invented communities as arrays."""

import numpy as np

from shige.division.engine.doors import plain
from shige.division.order import neighbours


def town(seed, count=60, *, low=6, high=24, step=24.0, yard=3):
    """Houses on a shaken lattice, in courtyards of `yard` x `yard`."""
    dice = np.random.default_rng(seed)
    columns = int(np.ceil(np.sqrt(count)))
    cells = np.array([(k % columns, k // columns) for k in range(count)])
    points = step * (cells + dice.uniform(-0.3, 0.3, cells.shape))
    households = dice.integers(low, high, count)
    compound = cells[:, 0] // yard + 1000 * (cells[:, 1] // yard)
    compound = np.unique(compound, return_inverse=True)[1].astype(np.int64)
    edges = neighbours(points)
    return plain(points, households, compound, edges, np.zeros(len(edges), dtype=np.int64))


def sizes(label, counts):
    return np.bincount(label, weights=counts).astype(int).tolist()


def connected(label, edges):
    """Whether every grid hangs together, by walking."""
    near = {}
    for one, other in edges[label[edges[:, 0]] == label[edges[:, 1]]].tolist():
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for grid in set(label.tolist()):
        members = np.flatnonzero(label == grid).tolist()
        seen, waiting = {members[0]}, [members[0]]
        while waiting:
            for other in near.get(waiting.pop(), []):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        if seen != set(members):
            return False
    return True
