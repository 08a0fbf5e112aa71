"""Generate districts and cities: towers, slab compounds, old courtyards, villages, roads and rivers.

No public source gives households, so geometry and counts are invented; the same seed gives the same city.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHAPES = {
    "mixed": (0.15, 0.30, 0.45, 0.10),
    "old town": (0.02, 0.18, 0.75, 0.05),
    "new town": (0.50, 0.40, 0.08, 0.02),
    "fringe": (0.05, 0.20, 0.30, 0.45),
}
"""Shares of blocks of towers, slabs, courtyards and villages."""


@dataclass(frozen=True, slots=True)
class District:
    """Atoms (entrances, or a few floors of one) with at most 100 households; every array has shape (n,).

    Attributes
    ----------
    points
        Metres, shape (n, 2).
    compound
        Number, unique over the district.
    kind
        Of the block around it: 0 towers, 1 slabs, 2 courtyards, 3 village.
    rivers
        For a community number, the line (k, 2) of the river through it.
    roads
        For a community number, the lines (2, 2) between its blocks.
    """

    points: Floats
    households: Ints
    compound: Ints
    community: Ints
    kind: Ints
    rivers: dict[int, Floats]
    roads: dict[int, list[Floats]]


def district(seed: int = 1, communities: int = 150, shape: str = "mixed") -> District:
    """Generate a district: about 140 atoms and 1,900 households a community."""
    dice = np.random.default_rng((seed, communities))
    columns = int(np.ceil(np.sqrt(communities)))
    rows: list[Floats] = []
    rivers: dict[int, Floats] = {}
    roads: dict[int, list[Floats]] = {}
    for number in range(communities):
        corner = 900.0 * np.array([number % columns, number // columns])
        size = dice.uniform(300.0, 432.0, 2)
        blocks, roads[number] = _blocks(corner, corner + size, dice, (90.0, 190.0), (4.0, 7.0, 12.0))
        if dice.random() < 0.15:
            rivers[number] = _river(corner, size, dice)
        rows += _filled(number, blocks, SHAPES[shape], dice)
    return _district(rows, rivers, roads)


def town(seed: int, extent: Floats) -> tuple[District, list[tuple[Floats, Floats]], list[Floats]]:
    """Generate communities of all shapes side by side, their low and high corners, and the main streets."""
    dice = np.random.default_rng(seed)
    quarters, streets = _blocks(np.zeros(2), extent, dice, (450.0, 620.0), (0.0,))
    rows: list[Floats] = []
    roads: dict[int, list[Floats]] = {}
    for number, (low, high) in enumerate(quarters):
        blocks, roads[number] = _blocks(low + 9.0, high - 9.0, dice, (90.0, 170.0), (4.0, 7.0))
        rows += _filled(number, blocks, list(SHAPES.values())[number % len(SHAPES)], dice)
    return _district(rows, {}, roads), quarters, streets


def _filled(
    number: int, blocks: list[tuple[Floats, Floats]], shares: tuple[float, ...], dice: np.random.Generator
) -> list[Floats]:
    """Atoms of a community's blocks, with its number in the last column."""
    return [np.insert(_block(low, high, shares, dice), 5, number, axis=1) for low, high in blocks]


def _district(rows: list[Floats], rivers: dict[int, Floats], roads: dict[int, list[Floats]]) -> District:
    """Blocks together, compounds numbered from 0 throughout."""
    first = 0
    for atoms in rows:
        atoms[:, 3] += first
        first = int(atoms[:, 3].max()) + 1
    table = np.vstack(rows)
    compound, kind, community = np.ascontiguousarray(table[:, 3:].astype(np.int64).T)
    households = np.ascontiguousarray(table[:, 2].astype(np.int64))
    return District(np.ascontiguousarray(table[:, :2]), households, compound, community, kind, rivers, roads)


def _blocks(
    low: Floats,
    high: Floats,
    dice: np.random.Generator,
    least: tuple[float, float],
    halves: tuple[float, ...],
) -> tuple[list[tuple[Floats, Floats]], list[Floats]]:
    """Cut ground into blocks, each with its low and high corner, and return the roads between them too.

    Parameters
    ----------
    least
        Metres between which lies the extent that is not cut again.
    halves
        Half the width that a road may have.
    """
    waiting, done, roads = [(low, high)], [], []
    while waiting:
        low, high = waiting.pop()
        extent = high - low
        axis = int(extent[1] > extent[0])
        if extent[axis] < dice.uniform(*least):
            done.append((low, high))
            continue
        middle, road = low[axis] + extent[axis] * dice.uniform(0.35, 0.65), dice.choice(halves)
        one, other = high.copy(), low.copy()
        one[axis], other[axis] = middle, middle
        roads.append(np.array([other, one]))
        one[axis], other[axis] = middle - road, middle + road
        waiting += [(low, one), (other, high)]
    return done, roads


def _river(corner: Floats, size: Floats, dice: np.random.Generator) -> Floats:
    """A line with bends through the middle of a community."""
    along = np.linspace(-0.2, 1.2, 8)
    across = 0.5 + 0.08 * np.cumsum(dice.normal(size=8)) * 0.5
    ways = np.column_stack([along, across])
    return corner + size * (ways if dice.random() < 0.5 else ways[:, ::-1])


def _block(low: Floats, high: Floats, shares: tuple[float, ...], dice: np.random.Generator) -> Floats:
    """Atoms of one block: columns x, y, households, compound (from 0) and kind."""
    kind = int(dice.choice(4, p=shares))
    return np.insert((_towers, _slabs, _courtyards, _village)[kind](low, high, dice), 4, kind, axis=1)


def _lattice(low: Floats, high: Floats, step: Floats, jitter: float, dice: np.random.Generator) -> Floats:
    counts = np.maximum(((high - low) / step).astype(int), 1)
    pitch = (high - low) / counts
    cells = np.indices(counts).reshape(2, -1).T
    return low + (cells + 0.5 + dice.uniform(-jitter, jitter, cells.shape)) * pitch


def _towers(low: Floats, high: Floats, dice: np.random.Generator) -> Floats:
    """One compound of towers: each two entrances, each of them two or three bundles of floors."""
    places = _lattice(low, high, np.array([55.0, 48.0]), 0.12, dice)
    bundles = dice.integers(1, 4, len(places))
    feet = np.repeat(places, 2 * bundles, axis=0)
    feet = feet + np.where(np.arange(len(feet)) % 2, 6.0, -6.0)[:, None] * (1.0, 0.0)
    feet += dice.uniform(-0.4, 0.4, feet.shape)  # floors of one entrance lie over each other
    households = dice.integers(16, 49, len(feet))
    return np.column_stack([feet, households, np.zeros(len(feet))])


def _slabs(low: Floats, high: Floats, dice: np.random.Generator) -> Floats:
    """One or two compounds of six-storey slabs with entrances of 8 to 14 households."""
    places = _lattice(low, high, np.array([21.0, 38.0]), 0.08, dice)
    compound = np.zeros(len(places))
    if len(places) > 16:
        axis = int((high - low)[1] > (high - low)[0])
        compound = (places[:, axis] > (low + high)[axis] / 2).astype(float)
    return np.column_stack([places, dice.integers(10, 19, len(places)), compound])


def _courtyards(low: Floats, high: Floats, dice: np.random.Generator) -> Floats:
    """Walled courtyards of two to eight small houses."""
    yards = _lattice(low, high, np.array([dice.uniform(30.0, 52.0), dice.uniform(30.0, 48.0)]), 0.1, dice)
    atoms = []
    for number, middle in enumerate(yards):
        count = int(dice.integers(2, 7))
        turn = np.arange(count) * 2 * np.pi / count + dice.uniform(0, np.pi)
        houses = (
            middle + 11.0 * np.column_stack([np.cos(turn), np.sin(turn)]) + dice.normal(0, 1.5, (count, 2))
        )
        atoms.append(np.column_stack([houses, dice.integers(4, 20, count), np.full(count, number)]))
    return np.vstack(atoms)


def _village(low: Floats, high: Floats, dice: np.random.Generator) -> Floats:
    """Detached houses of one to four households without walls between them."""
    places = _lattice(low, high, np.array([20.0, 20.0]), 0.35, dice)
    return np.column_stack([places, dice.integers(1, 5, len(places)), np.zeros(len(places))])
