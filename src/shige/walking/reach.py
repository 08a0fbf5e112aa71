"""How long it takes on foot from one place to others, around what cannot be crossed (R13).

The ground around the place becomes a grid of 10 m cells. Barriers and water fill cells, crossings empty
them again, and the shortest ways over the free cells are those of Dijkstra (1959), with steps to the eight
neighbours: a way in the open is at most 8% longer than the straight line, as on any such grid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

CELL: Final = 10.0
"""Metres."""

OPENING: Final = 15.0
"""Metres around a crossing within which one gets to the other side: the pavement of a road beside it too."""

NEAR: Final = np.hypot(*(np.indices((3, 3)) - 1)) * CELL <= OPENING
"""The same around a cell."""

SAMPLE: Final = 2.5
"""Metres between points at which a line is asked which cells it touches."""

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies around a place, on a plane in metres.

    Attributes
    ----------
    roads
        Lines of roads that are crossed only where another way meets them.
    streams
        Lines of rivers and railways, crossed only where a road or way does.
    water
        Areas of water, crossed only along roads and ways.
    ways
        Lines of paths and of roads that anybody crosses anywhere.
    """

    roads: Sequence[BaseGeometry] = field(default=())
    streams: Sequence[BaseGeometry] = field(default=())
    water: Sequence[BaseGeometry] = field(default=())
    ways: Sequence[BaseGeometry] = field(default=())


def minutes_on_foot(
    origin: tuple[float, float], targets: Points, ground: Ground, *, minutes: float, speed: float
) -> NDArray[np.float64]:
    """Return the minutes from a place to others.

    Parameters
    ----------
    origin
        Where one sets out, in metres.
    targets
        Where one may want to go, in metres, shape (n, 2).
    minutes
        How far the search goes.
    speed
        Metres a second.

    Returns
    -------
    NDArray
        Shape (n,); infinite where it takes longer, or where no way leads.
    """
    frame = _Frame(origin, minutes * 60 * speed)
    free = frame.free(ground)
    metres = _distances(free, frame.side // 2, minutes * 60 * speed)
    return frame.read(metres, np.asarray(targets, dtype=np.float64)) / speed / 60


@dataclass(frozen=True, slots=True)
class _Frame:
    """A square of cells with the origin in the middle one, out to ``limit`` metres."""

    origin: tuple[float, float]
    limit: float

    @property
    def side(self) -> int:
        """How many cells the square has on a side."""
        return 2 * math.ceil(self.limit / CELL) + 1

    @property
    def corner(self) -> Points:
        """The south-west corner."""
        return np.asarray(self.origin) - self.side * CELL / 2

    def free(self, ground: Ground) -> Mask:
        """Return which cells can be walked on, rows from the south."""
        roads, streams, water, ways = (
            self._near(kind) for kind in (ground.roads, ground.streams, ground.water, ground.ways)
        )
        over = np.concatenate([ways, roads])
        met = np.concatenate([crossings(roads, ways), junctions(roads), crossings(streams, over)])
        wet = self._inside(water)
        along = binary_dilation(self._touched(over), NEAR) & wet if wet.any() else wet
        filled = self._touched(roads) | self._touched(streams) | wet
        free: Mask = ~filled | self._around(met) | along
        free[self.side // 2, self.side // 2] = True  # whoever stands there can leave
        return free

    def read(self, metres: Points, targets: Points) -> NDArray[np.float64]:
        """Return the distances of places: the least of their cell and those around it."""
        cells, within = self._cells(targets)
        found = np.full(len(targets), np.inf)
        held = np.pad(metres, 1, constant_values=np.inf)
        for row in range(3):
            for column in range(3):
                near = held[cells[within, 1] + row, cells[within, 0] + column]
                found[within] = np.minimum(found[within], near)
        straight = np.hypot(*(targets - self.origin).T)
        # Nobody walks less than the straight line, which the nearest cell would say of a place beside it.
        return np.where(np.isinf(found) | (straight > self.limit), np.inf, np.maximum(found, straight))

    def _near(self, shapes: Sequence[BaseGeometry]) -> NDArray[np.object_]:
        every = np.array(list(shapes), dtype=object)
        half = self.side * CELL / 2
        x, y = self.origin
        return every[shapely.intersects(every, shapely.box(x - half, y - half, x + half, y + half))]

    def _cells(self, points: Points) -> tuple[NDArray[np.int64], Mask]:
        cells = np.floor((points.reshape(-1, 2) - self.corner) / CELL).astype(np.int64)
        within: Mask = np.asarray(((cells >= 0) & (cells < self.side)).all(axis=1))
        return cells, within

    def _touched(self, lines: NDArray[np.object_]) -> Mask:
        mask = np.zeros((self.side, self.side), dtype=bool)
        if len(lines):
            cells, within = self._cells(shapely.get_coordinates(shapely.segmentize(lines, SAMPLE)))
            mask[cells[within, 1], cells[within, 0]] = True
        return mask

    def _around(self, points: Points) -> Mask:
        """Return the cells whose middle lies within ``OPENING`` of a point."""
        mask = np.zeros((self.side, self.side), dtype=bool)
        steps = np.argwhere(np.ones((5, 5))) - 2
        near = (np.floor((points[:, None] - self.corner) / CELL) + steps).reshape(-1, 2)
        apart = self.corner + (near + 0.5) * CELL - np.repeat(points, len(steps), axis=0)
        cells = near[np.hypot(*apart.T) <= OPENING].astype(np.int64)
        within = ((cells >= 0) & (cells < self.side)).all(axis=1)
        mask[cells[within, 1], cells[within, 0]] = True
        return mask

    def _inside(self, areas: NDArray[np.object_]) -> Mask:
        """Return the cells whose middle lies in an area."""
        mask = np.zeros((self.side, self.side), dtype=bool)
        for area in areas:
            low, high = (np.reshape(area.bounds, (2, 2)) - self.corner) // CELL
            (west, south), (east, north) = np.clip([low, high + 1], 0, self.side).astype(int)
            rows, columns = np.mgrid[south:north, west:east]
            middles = (np.stack([columns, rows]) + 0.5) * CELL + self.corner[:, None, None]
            mask[south:north, west:east] |= shapely.contains_xy(area, *middles)
        return mask


def crossings(lines: NDArray[np.object_], ways: NDArray[np.object_]) -> Points:
    """Return where ways meet lines, shape (n, 2)."""
    if not len(lines) or not len(ways):
        return np.empty((0, 2))
    way, line = shapely.STRtree(lines).query(ways, predicate="intersects")
    met = shapely.intersection(lines[line], ways[way])
    return shapely.get_coordinates(shapely.get_parts(met[shapely.get_dimensions(met) == 0]))


def junctions(roads: NDArray[np.object_]) -> Points:
    """Return where roads meet each other, shape (n, 2); where one only goes on in the next is none."""
    if len(roads) < 2:
        return np.empty((0, 2))
    one, other = shapely.STRtree(roads).query(roads, predicate="intersects")
    met = shapely.intersection(roads[one[one < other]], roads[other[one < other]])
    points = shapely.get_coordinates(shapely.get_parts(met[shapely.get_dimensions(met) == 0]))
    ends = shapely.get_coordinates(shapely.boundary(roads))
    if not len(points):
        return points
    near = np.hypot(*(points[:, None] - ends[None]).transpose(2, 0, 1)) < 0.5
    on_it = shapely.STRtree(roads).query(shapely.buffer(shapely.points(points), 0.5), predicate="intersects")[
        0
    ]
    lines_there = np.bincount(on_it, minlength=len(points))
    arms = 2 * lines_there - near.sum(axis=1)
    met_there: Points = points[arms > 2]
    return met_there


def _distances(free: Mask, start: int, limit: float) -> Points:
    """Return the metres from the middle cell to every one; infinite beyond ``limit``."""
    numbers = np.arange(free.size).reshape(free.shape)
    edges = [_steps(free, numbers, east, north) for east, north in ((1, 0), (0, 1), (1, 1), (-1, 1))]
    one, other, metres = (np.concatenate(part) for part in zip(*edges, strict=True))
    graph = coo_array((metres, (one, other)), shape=(free.size, free.size)).tocsr()
    found = dijkstra(graph, directed=False, indices=numbers[start, [start]], limit=limit)
    return np.asarray(found[0], dtype=np.float64).reshape(free.shape)


def _steps(
    free: Mask, numbers: NDArray[np.int64], east: int, north: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Points]:
    """Return the steps in one direction: from, to, metres. No step leads between two filled corners."""
    rows = slice(0, free.shape[0] - north), slice(north, None)
    columns = (
        (slice(0, free.shape[1] - east), slice(east, None)) if east >= 0 else (slice(1, None), slice(0, -1))
    )
    able = free[rows[0], columns[0]] & free[rows[1], columns[1]]
    if east and north:
        able &= free[rows[0], columns[1]] & free[rows[1], columns[0]]
    metres = CELL * math.hypot(east, north)
    one, other = numbers[rows[0], columns[0]][able], numbers[rows[1], columns[1]][able]
    return one, other, np.full(len(one), metres)
