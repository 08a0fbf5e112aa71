"""Every connected set of doors within bounds, and the least sum of prices over partitions into such sets.

Written from the words of docs/division.md: shares no code with the engine, so that it can judge it.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csc_array, eye_array, hstack

LOW, HIGH, IDEAL = 30, 100, 65  # doors
FRESH = 400  # columns that enter the programme at a time
EXACT = 1e-7  # of a price
MOST = 12_000_000  # sets that fit into memory
WIDE = 200_000  # sets that the search for whole grids takes


@dataclass(frozen=True)
class Columns:
    """Connected sets: `members[starts[k]:starts[k + 1]]` are the atoms of set k, `costs[k]` its price."""

    atoms: int
    members: np.ndarray
    starts: np.ndarray
    costs: np.ndarray

    def matrix(self, chosen):
        """Atoms in rows, the chosen sets in columns."""
        lengths = np.diff(self.starts)[chosen]
        ends = np.cumsum(lengths)
        at = np.repeat(self.starts[:-1][chosen] - ends + lengths, lengths) + np.arange(ends[-1])
        rows = self.members[at].astype(np.int64)
        shape = self.atoms, len(chosen)
        return csc_array((np.ones(len(rows)), rows, np.concatenate([[0], ends])), shape=shape)

    def reduced(self, worth):
        """What each set costs beyond the worth of its atoms."""
        return _reduced(self.members, self.starts, self.costs, worth)


@dataclass(frozen=True)
class Best:
    """Least sums of prices.

    Attributes
    ----------
    fractional
        Of the linear programme, where grids may be taken in part.
    floor
        No partition is cheaper: that of the linear programme, or more where the search showed more.
    whole
        The cheapest partition that is known; the cheapest of all where it equals `floor`.
    used
        Sets that the linear programme took, of all connected ones.
    """

    fractional: float
    floor: float
    whole: float
    used: int


def columns(points, weight, compound, edges, size_price=20.0):
    """Every connected set of atoms with 30 to 100 doors, with its price in J; None where too many."""
    count = len(weight)
    both = np.vstack([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(count + 1))
    town = points.astype(float), weight.astype(np.int64), compound.astype(np.int64), first, both[:, 1].copy()
    rules = LOW, HIGH, float(IDEAL), size_price / IDEAL
    nothing = np.empty(0, dtype=np.uint8), np.empty(0, dtype=np.int64), np.empty(0)
    sets, length = _walk(town, rules, *nothing)
    if sets > MOST:
        return None
    members, starts = np.empty(length, dtype=np.uint8), np.zeros(sets + 1, dtype=np.int64)
    costs = np.empty(sets)
    _walk(town, rules, members, starts, costs)
    return Columns(count, members, starts, costs)


def cost(found, points, weight, compound, size_price=20.0):
    """Price in J of a partition given by labels, each grid by itself."""
    total = 0.0
    for grid in np.unique(found):
        inside = np.flatnonzero(found == grid)
        heavy = weight[inside].astype(float)
        middle = (heavy[:, None] * points[inside]).sum(axis=0) / max(heavy.sum(), 1e-9)
        total += (heavy * ((points[inside] - middle) ** 2).sum(axis=1)).sum() / 60.0
        total += 600.0 * len(set(compound[inside])) + size_price / IDEAL * (heavy.sum() - IDEAL) ** 2
    return total


def least(every, known, seconds=60.0):
    """Solve the set partitioning programme: sets enter until none is left that could make it cheaper.

    Parameters
    ----------
    known
        Price of a partition at hand. A set whose reduced cost is above the gap between it and the linear
        programme is in no better partition, so the search for whole grids needs only the others.
    seconds
        For that search; it is left out where it needs more than `WIDE` sets.
    """
    fractional, worth, used = _fractional(every)
    near = np.flatnonzero(every.reduced(worth) <= known - fractional + EXACT * known)
    if len(near) > WIDE:
        return Best(fractional, fractional, known, used)
    limits = {"time_limit": seconds, "mip_rel_gap": EXACT}
    rows = LinearConstraint(every.matrix(near), 1, 1)
    found = milp(every.costs[near], constraints=rows, integrality=np.ones(len(near)), options=limits)
    whole = known if found.x is None else min(known, float(found.fun))
    if found.status in (0, 2):  # solved, or nothing is cheaper than what was known
        return Best(fractional, whole, whole, used)
    return Best(fractional, max(fractional, min(known, found.mip_dual_bound or 0.0)), whole, used)


def _fractional(every):
    """The linear programme: its value, the worth of each atom, and how many columns it took."""
    lone = eye_array(every.atoms, format="csc")  # stands in until sets cover every atom
    dear = np.full(every.atoms, 10.0 * every.costs.max())
    chosen = _cheapest(every, every.costs / np.diff(every.starts))
    while True:
        prices, sets = np.concatenate([dear, every.costs[chosen]]), hstack([lone, every.matrix(chosen)])
        solved = linprog(prices, A_eq=sets, b_eq=np.ones(every.atoms), method="highs")
        assert solved.status == 0, solved.message
        worth = solved.eqlin.marginals
        reduced = every.reduced(worth)
        reduced[chosen] = 0.0
        fresh = _cheapest(every, reduced)
        fresh = fresh[reduced[fresh] < -EXACT * solved.fun / every.atoms]
        if not len(fresh):
            assert solved.x[: every.atoms].max() < EXACT, "no partition holds the bounds"
            return float(solved.fun), worth, len(chosen)
        chosen = np.concatenate([chosen, fresh])


def _cheapest(every, prices):
    """Some of the cheapest sets."""
    return np.argpartition(prices, FRESH)[:FRESH] if len(prices) > FRESH else np.arange(len(prices))


@njit(cache=True)
def _reduced(members, starts, costs, worth):
    result = costs.copy()
    for k in range(len(costs)):
        for place in range(starts[k], starts[k + 1]):
            result[k] -= worth[members[place]]
    return result


@njit(cache=True)
def _walk(town, rules, members, starts, costs):
    """Walk through connected sets, each once: from its least atom outwards (Wernicke 2006).

    Counts the sets and their members; fills the arrays where they have room.
    """
    count = len(town[1])
    room = np.zeros(count, dtype=np.bool_), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    found = np.zeros(2, dtype=np.int64)
    for root in range(count):
        _from(root, town, rules, room, found, members, starts, costs)
        if found[0] > MOST:
            break
    return found[0], found[1]


@njit(cache=True)
def _from(root, town, rules, room, found, members, starts, costs):
    """Every set whose least atom is `root`: each atom in reach is taken, with all that follows, or left."""
    _, weight, _, _, _ = town
    seen, queue, path = room
    turn, reach = np.zeros(len(weight) + 1, dtype=np.int64), np.zeros(len(weight) + 1, dtype=np.int64)
    queue[0], reach[0], depth, held = root, 1, 0, 0
    seen[root] = True
    while depth or turn[0] == 0:
        if turn[depth] == reach[depth]:
            seen[queue[reach[depth - 1] : reach[depth]]] = False
            depth -= 1
            held -= weight[path[depth]]
            continue
        atom = queue[turn[depth]]
        turn[depth] += 1
        if held + weight[atom] > rules[1]:
            continue
        path[depth] = atom
        held += weight[atom]
        depth += 1
        turn[depth] = turn[depth - 1]
        reach[depth] = _beyond(root, atom, town, seen, queue, reach[depth - 1])
        if held >= rules[0]:
            _keep(path[:depth], town, rules, found, members, starts, costs)
    seen[root] = False


@njit(cache=True)
def _beyond(root, atom, town, seen, queue, end):
    """Put the neighbours that are not yet in reach behind the queue; returns its end."""
    _, _, _, first, near = town
    for other in near[first[atom] : first[atom + 1]]:
        if other > root and not seen[other]:
            seen[other] = True
            queue[end] = other
            end += 1
    return end


@njit(cache=True)
def _keep(path, town, rules, found, members, starts, costs):
    sets, length = found
    if len(costs):
        members[length : length + len(path)] = path
        starts[sets + 1] = length + len(path)
        costs[sets] = _price(path, town, rules)
    found[0] += 1
    found[1] += len(path)


@njit(cache=True)
def _price(inside, town, rules):
    """Squares of distances to the middle / 60 m, 600 a compound, and what it is off the ideal squared."""
    points, weight, compound, _, _ = town
    held = x = y = spread = 0.0
    for atom in inside:
        held += weight[atom]
        x += weight[atom] * points[atom, 0]
        y += weight[atom] * points[atom, 1]
    pieces = 0
    for place, atom in enumerate(inside):
        spread += weight[atom] * ((points[atom, 0] - x / held) ** 2 + (points[atom, 1] - y / held) ** 2)
        fresh = True
        for other in inside[:place]:
            fresh = fresh and compound[other] != compound[atom]
        pieces += fresh
    return spread / 60.0 + 600.0 * pieces + rules[3] * (held - rules[2]) ** 2
