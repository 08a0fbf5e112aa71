"""Short tours through doors: nearest neighbour, then 2-opt (Croes 1958) and or-opt (Or 1976) in turn."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_ENOUGH_ROUNDS = 50  # 2-opt on a grid's doors settles in fewer


def tour(points: NDArray[np.float64], *, closed: bool = True) -> NDArray[np.int64]:
    """Order in which to walk to points.

    Parameters
    ----------
    points
        Metres, shape (n, 2).
    closed
        Whether the walk ends where it began. It begins at the westernmost point.

    Returns
    -------
    Indices of the points, shape (n,). The same points always give the same order.
    """
    points = np.ascontiguousarray(points, dtype=np.float64)
    if len(points) < 3:
        return np.argsort(points[:, 0], kind="stable").astype(np.int64)
    order = _nearest_neighbour(points, int(np.lexsort((points[:, 1], points[:, 0]))[0]))
    _two_opt(points, order, closed)
    if _or_opt(points, order, closed):
        _two_opt(points, order, closed)
    return order


def tour_length(points: NDArray[np.float64], order: NDArray[np.int64], *, closed: bool = True) -> float:
    """Metres walked through points (n, 2), in metres, in the given order; `closed` goes back to the first."""
    walked = points[order]
    steps = np.diff(np.vstack([walked, walked[:1]]) if closed else walked, axis=0)
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


@njit(cache=True)
def _distance(points: NDArray[np.float64], a: int, b: int) -> float:
    return float(np.hypot(points[a, 0] - points[b, 0], points[a, 1] - points[b, 1]))


@njit(cache=True)
def _nearest_neighbour(points: NDArray[np.float64], start: int) -> NDArray[np.int64]:
    count = len(points)
    order = np.empty(count, np.int64)
    free = np.ones(count, np.bool_)
    order[0] = start
    free[start] = False
    for step in range(1, count):
        best, best_distance = -1, np.inf
        for candidate in range(count):
            if free[candidate]:
                distance = _distance(points, order[step - 1], candidate)
                if distance < best_distance:
                    best, best_distance = candidate, distance
        order[step] = best
        free[best] = False
    return order


@njit(cache=True)
def _gain(points: NDArray[np.float64], order: NDArray[np.int64], i: int, j: int, closed: bool) -> float:
    """Metres saved by walking order[i + 1 .. j] backwards."""
    count = len(order)
    gain = _distance(points, order[i], order[i + 1]) - _distance(points, order[i], order[j])
    if j + 1 < count or closed:
        after = order[(j + 1) % count]
        gain += _distance(points, order[j], after) - _distance(points, order[i + 1], after)
    return gain


@njit(cache=True)
def _two_opt(points: NDArray[np.float64], order: NDArray[np.int64], closed: bool) -> None:
    """Reverse stretches of the order in place for as long as that shortens it."""
    for _ in range(_ENOUGH_ROUNDS):
        better = False
        for i in range(len(order) - 2):
            for j in range(i + 2, len(order)):
                if _gain(points, order, i, j, closed) > 1e-9:
                    order[i + 1 : j + 1] = order[i + 1 : j + 1][::-1].copy()
                    better = True
        if not better:
            return


@njit(cache=True)
def _or_opt(points: NDArray[np.float64], order: NDArray[np.int64], closed: bool) -> bool:
    """Move runs of one to three points elsewhere in place while that shortens the walk; true if any did.

    The first point stays first.
    """
    count, moved = len(order), False
    for _ in range(_ENOUGH_ROUNDS):
        better = False
        for length in range(1, min(3, count - 2) + 1):
            for i in range(1, count - length + 1):
                better |= _move_run(points, order, i, length, closed)
        moved |= better
        if not better:
            break
    return moved


@njit(cache=True)
def _move_run(
    points: NDArray[np.float64], order: NDArray[np.int64], i: int, length: int, closed: bool
) -> bool:
    """Move the run that begins at i to where it saves most, if it saves anything."""
    rest = np.concatenate((order[:i], order[i + length :]))
    first, last = order[i], order[i + length - 1]
    saved = _link(points, rest, i - 1, closed, first, last)
    best, place = saved - 1e-9, -1
    for k in range(len(rest)):
        added = _link(points, rest, k, closed, first, last)
        if added < best:
            best, place = added, k
    if place < 0:
        return False
    run = order[i : i + length].copy()
    order[: place + 1] = rest[: place + 1]
    order[place + 1 : place + 1 + length] = run
    order[place + 1 + length :] = rest[place + 1 :]
    return True


@njit(cache=True)
def _link(
    points: NDArray[np.float64], rest: NDArray[np.int64], k: int, closed: bool, first: int, last: int
) -> float:
    """Metres that a run adds between the k-th point and the one after it."""
    added = _distance(points, rest[k], first)
    if k + 1 < len(rest) or closed:
        after = rest[(k + 1) % len(rest)]
        added += _distance(points, last, after) - _distance(points, rest[k], after)
    return added
