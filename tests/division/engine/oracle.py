"""Lower bound of a division into micro-grids: the set partitioning programme over all connected sets.

Prices sets by itself, from the words of docs/division.md, and shares no code with the engine.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array


def lower_bound(points, weight, compound, edges, price, low=30, high=100):
    """Least sum of `price(members)` over fractional partitions into connected sets of low..high."""
    near = [set() for _ in weight]
    for one, other in edges:
        near[one].add(int(other))
        near[other].add(int(one))
    sets = list(connected_sets(near, weight, low, high))
    rows = np.concatenate([list(members) for members in sets])
    ends = np.cumsum([0, *map(len, sets)])
    matrix = csc_array((np.ones(len(rows)), rows, ends), shape=(len(weight), len(sets)))
    costs = [price(np.array(sorted(members))) for members in sets]
    found = linprog(costs, A_eq=matrix, b_eq=np.ones(len(weight)), method="highs")
    assert found.status == 0, found.message
    return found.fun


def connected_sets(near, weight, low, high):
    """Every connected set of atoms whose weight lies in the bounds, once each (Wernicke 2006)."""
    for root in range(len(weight)):
        later = {other for other in near[root] if other > root}
        yield from _grown(near, weight, low, high, root, (root,), later, near[root] | {root}, weight[root])


def _grown(near, weight, low, high, root, members, reach, seen, held):
    if held > high:
        return
    if held >= low:
        yield members
    reach = set(reach)
    while reach:
        atom = reach.pop()
        fresh = {other for other in near[atom] if other > root and other not in seen}
        yield from _grown(
            near,
            weight,
            low,
            high,
            root,
            (*members, atom),
            reach | fresh,
            seen | near[atom],
            held + weight[atom],
        )


def j_price(points, weight, compound, target):
    """Price of a set in J with this target size and weight of size."""

    def price(members):
        heavy = weight[members] + 0.1
        middle = (heavy[:, None] * points[members]).sum(axis=0) / heavy.sum()
        spread = (heavy * ((points[members] - middle) ** 2).sum(axis=1)).sum() / 60
        size = weight[members].sum()
        return spread + 600 * len(set(compound[members])) + 122 / target * (size - target) ** 2

    return price
