"""The engine beside the best division of single communities: how far above it, and above the linear bound.

Every connected set of 30-100 doors is a column of the set partitioning programme, which HiGHS solves
(`tests/division/columns.py`). Communities with too many such sets are counted and left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from tests.division import columns
from tests.division.engine.towns import town

from shige.division.engine.doors import Doors
from shige.division.engine.levels import micros
from shige.profile.grids import GridRules, GridWeights

from .districts import Floats, district
from .ours import BALANCED, communities, doors_of

EFFORTS = (1, 4, 16)
AS_J = BALANCED.model_copy(update={"weights": GridWeights(size=20 / 122)})
"""Sizes weigh as in J; by itself `balanced` gives them six times that, for even grids."""

HEAD = "| community | atoms | connected sets | linear bound | best | proved | CPU s | ours above the best |"
_SHAPES = (("new town", 1, 12), ("new town", 2, 12), ("mixed", 1, 40))


def lines() -> Iterator[str]:
    """A line for each community, then the mean and the worst of all."""
    yield f"\n{HEAD}\n{'|---' * 8}|"
    far, left = [], 0
    for name, doors in _communities():
        points = np.column_stack([doors.x, doors.y])
        every = columns.columns(points, doors.households, doors.compound, doors.edges)
        if every is None:
            left += 1
            continue
        began = time.process_time()
        ours = [_price(doors, points, AS_J.model_copy(update={"effort": EFFORTS[-1]}))]
        took = time.process_time() - began
        ours = [_price(doors, points, AS_J.model_copy(update={"effort": n})) for n in EFFORTS[:-1]] + ours
        best = columns.least(every, min(ours))
        far.append([*(price / best.floor - 1.0 for price in ours), best.whole / best.fractional - 1.0])
        yield _line(name, doors, len(every.costs), best, took, far[-1])
    yield from _summary(np.array(far), left)


def _communities() -> Iterator[tuple[str, Doors]]:
    """Towns of houses, then communities of generated districts without a river."""
    small = np.full(2, -1, dtype=np.int64)
    micros(town(9, 2), AS_J, small)  # compiles
    for seed in range(4):
        yield f"town, seed {seed}", town(seed, 150, low=12, high=26)
    for shape, seed, count in _SHAPES:
        place = district(seed, count, shape)
        for number, atoms in enumerate(communities(place)):
            doors = doors_of(place, atoms)
            if not (doors.between == 2).any():
                yield f"{shape}, seed {seed}, community {number}", doors


def _price(doors: Doors, points: Floats, rules: GridRules) -> float:
    label = micros(doors, rules, np.full(len(doors), -1, dtype=np.int64))
    return float(columns.cost(label, points, doors.households, doors.compound))


def _line(name: str, doors: Doors, sets: int, best: columns.Best, took: float, far: list[float]) -> str:
    households = int(doors.households.sum())
    proved = "yes" if best.floor == best.whole else f"over {best.floor / households:.3f}"
    above = " / ".join(f"{100 * share:.2f}%" for share in far[:-1])
    bounds = f"{best.fractional / households:.3f} | {best.whole / households:.3f} | {proved}"
    return f"| {name} | {len(doors)} | {sets} | {bounds} | {took:.2f} | {above} |"


def _summary(far: Floats, left: int) -> Iterator[str]:
    yield f"\n{len(far)} communities; {left} more have over {columns.MOST} connected sets and are left out."
    for effort, shares in zip(EFFORTS, far.T, strict=False):
        mean, most = 100 * shares.mean(), 100 * shares.max()
        yield (
            f"Effort {effort}: {mean:.2f}% above the best in the mean, {most:.2f}% at most; "
            f"{(shares <= 0.01).sum()} within 1%, {(shares < 1e-6).sum()} the best itself."
        )
    gap = 100 * far[:, -1]
    yield f"The best lies {gap.mean():.2f}% above the linear bound in the mean, {gap.max():.2f}% at most."
