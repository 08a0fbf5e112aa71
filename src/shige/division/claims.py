"""What communities claim: each area holds its buildings, and each place belongs to one of them (R1, R5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from shige.division.areas import smooth
from shige.division.cells import Ints, Points, Shapes, inner_points, outline_points, ridges
from shige.division.mosaic import SNAP, Floats, faces_between, merged

OVERLAP = 1.0
"""Square metres that two areas may have in common; so much is the rounding of the coordinates."""

_GROUND = 1.0  # metres around a building outside its area


@dataclass(frozen=True, slots=True)
class CommunityGround:
    """Buildings of one community in metres: footprints, shape (n,), and doors, shape (n, 2)."""

    footprints: NDArray[np.object_]
    doors: NDArray[np.float64]


def outside(area: BaseGeometry, ground: CommunityGround) -> NDArray[np.int64]:
    """Indices of the buildings whose door does not lie inside the area."""
    return np.flatnonzero(~shapely.contains(area, shapely.points(ground.doors)))


def settle(
    areas: Mapping[str, BaseGeometry], grounds: Mapping[str, CommunityGround]
) -> dict[str, BaseGeometry]:
    """Make areas (metres) hold all their doors and not overlap.

    An area that holds its doors and meets no other stays as it is. Where areas overlap, each place goes, of
    the communities that claim it, to the one whose building is nearest, or to the first if none has any; a
    building outside its area takes its own ground with it.
    """
    claims = {code: _with_outliers(areas[code], grounds.get(code)) for code in sorted(areas)}
    settled = dict(claims)
    for codes in _clusters(claims):
        shapes = np.array([claims[code] for code in codes], dtype=object)
        settled |= zip(codes, _shared_out(shapes, _sites(codes, grounds)), strict=True)
    return settled


def _with_outliers(area: BaseGeometry, ground: CommunityGround | None) -> BaseGeometry:
    if ground is None or not len(strays := outside(area, ground)):
        return area
    return shapely.union_all([area, *shapely.buffer(ground.footprints[strays], _GROUND)], grid_size=SNAP)


def _overlaps(shapes: Shapes) -> tuple[Ints, Ints, Shapes]:
    """Pairs of shapes that have ground in common, and that ground."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    # On a grid, as overlays of borders that nearly coincide can fail without.
    common = shapely.intersection(shapes[one], shapes[other], grid_size=SNAP)
    over = shapely.area(common) > OVERLAP
    return one[over], other[over], common[over]


def _clusters(claims: Mapping[str, BaseGeometry]) -> Iterator[list[str]]:
    """Communities whose claims overlap, directly or through others between them."""
    codes = list(claims)
    one, other, _ = _overlaps(np.array(list(claims.values()), dtype=object))
    links = coo_array((np.ones(len(one)), (one, other)), shape=(len(codes), len(codes)))
    cluster = connected_components(links, directed=False)[1]
    for number in np.unique(cluster[one]):
        yield [codes[k] for k in np.flatnonzero(cluster == number)]


@dataclass(frozen=True, slots=True)
class _Sites:
    """Buildings of several communities, numbered from 0.

    Attributes
    ----------
    points, community
        Points (n, 2) on doors and outlines, and the community (n,) of each.
    doors, owner
        Doors (d, 2), and the community (d,) of each.
    """

    points: Points
    community: Ints
    doors: Points
    owner: Ints

    def distance(self, community: int, places: Points) -> Floats:
        """Metres from places (m, 2) to the nearest building of a community; infinite where it has none."""
        own = self.points[self.community == community]
        return np.asarray(KDTree(own).query(places)[0]) if len(own) else np.full(len(places), np.inf)

    def middle_lines(self) -> Shapes:
        """Lines that are equally far from buildings of two communities."""
        if len(np.unique(self.community)) < 2:
            return np.empty(0, dtype=object)
        net = ridges(self.points)
        one, other = self.community[net.sites].T
        return net.lines((net.sites >= 0).all(axis=1) & (one != other))


def _sites(codes: Sequence[str], grounds: Mapping[str, CommunityGround]) -> _Sites:
    lived = [k for k, code in enumerate(codes) if code in grounds]
    nowhere, nobody = np.empty((0, 2)), np.empty(0, dtype=np.int64)
    if not lived:
        return _Sites(nowhere, nobody, nowhere, nobody)
    footprints = np.concatenate([grounds[codes[k]].footprints for k in lived])
    doors = np.vstack([grounds[codes[k]].doors for k in lived])
    owner = np.repeat(lived, [len(grounds[codes[k]].doors) for k in lived])
    points, of = outline_points(footprints, doors, owner)
    return _Sites(points, owner[of], doors, owner)


def _shared_out(claims: Shapes, sites: _Sites) -> Iterator[BaseGeometry]:
    """The ground that each claim keeps, cut from one net, so that common borders have equal points."""
    lines = sites.middle_lines()
    crossing = shapely.STRtree(lines).query(_overlaps(claims)[2], predicate="intersects")[1]
    faces = faces_between([*shapely.boundary(claims), *lines[np.unique(crossing)]])
    inner = inner_points(faces)
    claim, face = shapely.STRtree(inner).query(claims, predicate="contains")
    times = np.bincount(face, minlength=len(faces))
    owner = np.full(len(faces), len(claims), dtype=np.int64)
    np.minimum.at(owner, face, claim)
    least = np.full(len(faces), np.inf)
    for k in range(len(claims)):
        disputed = face[(claim == k) & (times[face] > 1)]
        far = sites.distance(k, shapely.get_coordinates(inner[disputed]))
        nearer = far < least[disputed]
        least[disputed[nearer]], owner[disputed[nearer]] = far[nearer], k
    alone = times == 1
    drawn = dict(_drawn(faces[times > 1], owner[times > 1], sites))
    for k in range(len(claims)):
        parts = [*faces[alone & (owner == k)], *([drawn[k]] if k in drawn else [])]
        yield _polygons(shapely.coverage_union_all(parts))


def _drawn(faces: Shapes, owner: Ints, sites: _Sites) -> Iterator[tuple[int, BaseGeometry]]:
    """What each community gets of the disputed faces, with simpler borders between them."""
    communities, label = np.unique(owner, return_inverse=True)
    rough = merged(faces, label)
    at_home, held = shapely.STRtree(rough).query(shapely.points(sites.doors), predicate="within")
    own = communities[held] == sites.owner[at_home]
    return zip(communities.tolist(), smooth(rough, sites.doors[at_home[own]], held[own]), strict=True)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that overlays leave behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
