"""Areas of grids: cells around buildings that fill the community without overlap or gap."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree
from shapely.geometry.base import BaseGeometry

_SNAP = 1e-5  # metres; lines nearer than this are one
_SPACING = 3.0  # metres between the points that stand for an outline
_WALL = 0.5  # metres by which outlines shrink, so that buildings wall to wall keep apart
_CLEARANCE = 1.0  # metres kept around a building that stands inside another's outline
_PREMISES = 15.0  # metres around an office, market or park that are its own
_SMOOTH = 3.0  # metres; corners smaller than this go

Shapes = NDArray[np.object_]
Points = NDArray[np.float64]


def doors_of(footprints: Shapes) -> Points:
    """The point inside each building that stands for its doors, shape (n, 2), as the footprints are."""
    return shapely.get_coordinates(shapely.point_on_surface(footprints))


def fill(
    footprints: Shapes,
    doors: Points,
    owner: NDArray[np.int64],
    region: BaseGeometry,
    modest: NDArray[np.bool_] | None = None,
) -> list[BaseGeometry]:
    """Divide a region among owners of buildings: each place goes to the nearest building's owner.

    Parameters
    ----------
    footprints, doors
        Outline (metres) and door of each building, shape (n,) and (n, 2).
    owner
        Of each building, shape (n,), numbers from 0.
    region
        What is to be filled, metres.
    modest
        Buildings, shape (n,), that take only the ground close to them as long as there are others.

    Returns
    -------
    One valid polygon or multi-polygon for each owner. Together they are the region; shared borders have
    the same points on both sides. Each owner's area holds its doors, as far as the region does and no two
    owners' doors are at one place.
    """
    points, of = _sites(footprints, doors)
    shy = np.zeros(len(doors), dtype=np.bool_) if modest is None or modest.all() else modest
    premises = shapely.union_all(shapely.buffer(footprints[shy], _PREMISES))
    lines = _borders(points, owner[of], region)
    if shy.any():
        free = ~shy[of]
        lines = np.concatenate([lines, _borders(points[free], owner[of[free]], region), [premises.boundary]])
    faces = _faces(lines, region)
    inner = shapely.point_on_surface(faces)
    face_owner = _nearest(points, owner[of], inner)
    far = np.isin(face_owner, owner[shy]) & ~shapely.contains(premises, inner)
    if far.any():
        face_owner[far] = _nearest(points[free], owner[of[free]], inner[far])
    parts, part_owner = _merged(faces, face_owner)
    part_owner = _without_islands(parts, part_owner, doors, owner)
    return _drawn(parts, part_owner, doors, owner)


def _nearest(points: Points, owner: NDArray[np.int64], where: Shapes) -> NDArray[np.int64]:
    """Owner of the nearest of the points."""
    return owner[cKDTree(points).query(shapely.get_coordinates(where))[1]]


def _merged(faces: Shapes, owner: NDArray[np.int64]) -> tuple[Shapes, NDArray[np.int64]]:
    """Join faces of one owner that touch along a line."""
    present = np.unique(owner)
    joined = [shapely.get_parts(shapely.coverage_union_all(faces[owner == k])) for k in present]
    return np.concatenate(joined), np.repeat(present, [len(parts) for parts in joined])


def _drawn(
    parts: Shapes, part_owner: NDArray[np.int64], doors: Points, owner: NDArray[np.int64]
) -> list[BaseGeometry]:
    """Area of each owner, with simpler borders where those leave every door where it was."""
    count = int(owner.max()) + 1
    rough = [shapely.coverage_union_all(parts[part_owner == k]) for k in range(count)]
    if not np.isin(np.arange(count), part_owner).all():  # someone has no building near this region
        return rough
    smooth = shapely.coverage_simplify(np.array(rough, dtype=object), _SMOOTH, simplify_boundary=False)
    return list(smooth) if _good(smooth, doors, owner) else rough


def _sites(footprints: Shapes, doors: Points) -> tuple[Points, NDArray[np.int64]]:
    """Points that stand for the buildings, on their doors and outlines, and the building of each."""
    outlines = shapely.buffer(_apart(footprints), -_WALL, join_style="mitre")
    points, of = shapely.get_coordinates(shapely.segmentize(outlines, _SPACING), return_index=True)
    points, of = np.vstack([doors, points]), np.concatenate([np.arange(len(doors)), of])
    first = np.sort(np.unique(np.round(points, 3), axis=0, return_index=True)[1])
    return points[first], of[first]


def _apart(footprints: Shapes) -> Shapes:
    """Outlines that do not overlap: the smaller of two buildings keeps the common ground."""
    size = shapely.area(footprints)
    one, other = shapely.STRtree(footprints).query(footprints, predicate="intersects")
    over = shapely.area(shapely.intersection(footprints[one], footprints[other]))
    rank = np.lexsort((np.arange(len(size)), size)).argsort()
    cut = footprints.copy()
    for large, small in zip(
        *(side[(over > 1.0) & (rank[one] > rank[other])] for side in (one, other)), strict=True
    ):
        cut[large] = shapely.difference(cut[large], shapely.buffer(footprints[small], _CLEARANCE))
    return cut


def _borders(points: Points, owner: NDArray[np.int64], region: BaseGeometry) -> Shapes:
    """Lines between the cells (Voronoi) of points with different owners."""
    extent = np.vstack([points, np.reshape(region.bounds, (2, 2))])
    low, high = extent.min(axis=0), extent.max(axis=0)
    reach = 4.0 * float((high - low).max())
    ring = (low + high) / 2 + reach * np.array([(1, 0), (0, 1), (-1, 0), (0, -1)])  # closes every cell
    cells = Voronoi(np.vstack([points, ring]), qhull_options="Qbb Qc")
    owners = np.concatenate([owner, np.full(len(ring), -1)])
    one, other = owners[cells.ridge_points].T
    between = np.flatnonzero((one != other) & (one >= 0) & (other >= 0))
    ends = np.array([cells.ridge_vertices[k] for k in between], dtype=np.int64).reshape(-1, 2)
    return np.asarray(shapely.linestrings(cells.vertices[ends]))


def _faces(lines: Shapes, region: BaseGeometry) -> Shapes:
    """Faces of the plane inside the region, cut along lines."""
    shapely.prepare(region)
    lines = lines[shapely.intersects(region, lines)]
    net = shapely.union_all([*lines, region.boundary], grid_size=_SNAP)
    faces = shapely.get_parts(shapely.polygonize([net]))
    return np.asarray(faces[shapely.contains(region, shapely.point_on_surface(faces))])


def _without_islands(
    faces: Shapes, face_owner: NDArray[np.int64], doors: Points, owner: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give each face without a door of its owner to the neighbour with the longest common border."""
    tree = shapely.STRtree(faces)
    door, face = tree.query(shapely.points(doors), predicate="intersects")
    lived_in = np.zeros(len(faces), dtype=np.bool_)
    lived_in[face[face_owner[face] == owner[door]]] = True
    result = face_owner.copy()
    for island in np.flatnonzero(~lived_in):
        touching = tree.query(faces[island], predicate="touches")
        touching = np.sort(touching[lived_in[touching]])
        if len(touching):
            common = shapely.length(shapely.intersection(faces[island], faces[touching]))
            result[island] = face_owner[touching[int(common.argmax())]]
    return result


def _good(shapes: Shapes, doors: Points, owner: NDArray[np.int64]) -> bool:
    """Whether simpler borders still leave every shape valid and every door where it was."""
    sound = bool(shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any())
    return sound and bool(shapely.contains(shapes[owner], shapely.points(doors)).all())
