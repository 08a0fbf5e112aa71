"""Faces that fill a region without overlap: which share a border, hang together, and are lived in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.cells import Ints, Points, Shapes
from shige.division.order import blocks

Floats = NDArray[np.float64]

SNAP = 1e-5
"""Metres; lines nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Faces (n,) with equal points along common borders.

    Attributes
    ----------
    pairs, lengths
        Faces with a common border, shape (m, 2), and its metres, shape (m,).
    doors, owner
        Doors (d, 2) of buildings, and the owner of each.
    """

    faces: Shapes
    pairs: Ints
    lengths: Floats
    doors: Points
    owner: Ints

    @classmethod
    def of(cls, faces: Shapes, doors: Points, owner: Ints) -> Mosaic:
        """Find the common borders of faces.

        `doors` (d, 2) are points, and `owner` (d,) says whose each is.
        """
        return cls(faces, *_borders(faces), doors, owner)

    def pieces(self, label: Ints) -> Ints:
        """Number (n,) of the piece of ground of each face: faces of one label that hang together."""
        return blocks(len(self.faces), self.pairs[label[self.pairs[:, 0]] == label[self.pairs[:, 1]]])

    def settled(self, label: Ints, loose: NDArray[np.bool_]) -> Ints:
        """Give each piece without a door of its owner to the neighbour with the longest common border.

        Parameters
        ----------
        label
            Owner of each face.
        loose
            Faces, shape (n,), that count as pieces of their own.
        """
        given = label
        door, face = shapely.STRtree(self.faces).query(shapely.points(self.doors), predicate="intersects")
        lived = face[label[face] == self.owner[door]]
        label = np.where(loose, -1 - np.arange(len(label)), label)
        label[lived] = given[lived]
        while True:
            piece = self.pieces(label)
            inhabited = np.zeros(len(self.faces), dtype=np.bool_)
            inhabited[piece[lived]] = True
            empty, beside = self._longest(piece, inhabited)
            if not len(empty):
                return np.where(label < 0, given, label)
            taker = np.full(len(self.faces), -1, dtype=np.int64)
            first = np.unique(piece, return_index=True)[1]
            taker[empty] = label[first[beside]]
            label = np.where(taker[piece] >= 0, taker[piece], label)

    def _longest(self, piece: Ints, inhabited: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """Pieces that nobody lives in, and the one beside each that somebody does, if there is any."""
        sides = np.vstack([piece[self.pairs], piece[self.pairs[:, ::-1]]])
        use = ~inhabited[sides[:, 0]] & inhabited[sides[:, 1]]
        pairs, place = np.unique(sides[use], axis=0, return_inverse=True)
        common = _sums(place, np.tile(self.lengths, 2)[use], len(pairs))
        order = np.lexsort((-common, pairs[:, 0]))
        first = np.unique(pairs[order, 0], return_index=True)[1]
        return pairs[order][first, 0], pairs[order][first, 1]


def faces_between(lines: Sequence[BaseGeometry]) -> Shapes:
    """Faces (n,) that lines in metres cut out of the plane, with equal points along common borders."""
    net = shapely.union_all(lines, grid_size=SNAP)
    return np.asarray(shapely.get_parts(shapely.polygonize([net])))


def narrow(faces: Shapes, width: float) -> NDArray[np.bool_]:
    """Which faces (n,) hold no circle of this width in metres."""
    return np.asarray(shapely.is_empty(shapely.buffer(faces, -width / 2, quad_segs=1)))


def merged(faces: Shapes, piece: Ints) -> Shapes:
    """The ground of each piece, in the order of their numbers; `piece` (n,) has that of each face."""
    order = np.argsort(piece, kind="stable")
    ends = np.flatnonzero(np.diff(piece[order])) + 1
    runs = np.split(faces[order], ends)
    joined = [run[0] if len(run) == 1 else shapely.coverage_union_all(run) for run in runs]
    return np.array(joined, dtype=object)


def _borders(faces: Shapes) -> tuple[Ints, Floats]:
    rings, of = shapely.get_rings(faces, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    along = ring[1:] == ring[:-1]
    a, b, face = points[:-1][along], points[1:][along], of[ring[:-1][along]]
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    turned = turned[:, None]
    sides = np.hstack([np.where(turned, b, a), np.where(turned, a, b)])
    order = np.lexsort(sides.T)
    sides, face = sides[order], face[order]
    same = (sides[1:] == sides[:-1]).all(axis=1)
    pairs = np.sort(np.column_stack([face[:-1], face[1:]])[same], axis=1)
    length = np.hypot(*(sides[:-1, :2] - sides[:-1, 2:])[same].T)
    found, place = np.unique(pairs, axis=0, return_inverse=True)
    return found.astype(np.int64), _sums(place, length, len(found))


def _sums(place: Ints, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(place.ravel(), weights=values, minlength=count), dtype=np.float64)
