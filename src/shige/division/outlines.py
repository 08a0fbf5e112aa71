"""Areas of communities: made where none is given, settled where they overlap or miss a building (R1, R5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.areas import doors_of, fill
from shige.division.rules import violation
from shige.division.units import Unit, Violation
from shige.geo.plane import Plane

_MARGIN = 20.0  # metres around the hull of a community without an area
_GROUND = 1.0  # metres around a building outside its area
_OVERLAP = 1.0  # square metres; less is the rounding of the coordinates


@dataclass(frozen=True, slots=True)
class CommunityGround:
    """Buildings of one community in metres: footprints, shape (n,), and doors, shape (n, 2)."""

    footprints: NDArray[np.object_]
    doors: NDArray[np.float64]


def outlines(
    members: Mapping[str, Sequence[Unit]], areas: Mapping[str, BaseGeometry]
) -> tuple[dict[str, BaseGeometry], dict[str, list[Violation]]]:
    """Settle the area of every community that has units or an area.

    Returns
    -------
    The areas in degrees, holding every door of their community and apart from each other; and what had to
    be done for that, as violations of the community's grid, whose code is not known yet ("").
    """
    every = [unit.geometry for units in members.values() for unit in units] + list(areas.values())
    if not every:
        return {}, {}
    plane = Plane.about(shapely.total_bounds(np.array(every, dtype=object)).reshape(2, 2))
    grounds = {code: _ground(units, plane) for code, units in members.items()}
    claims = {code: shapely.transform(area, plane.to_metres) for code, area in areas.items()}
    claims |= {code: hull(ground) for code, ground in grounds.items() if code not in areas}
    settled = settle(claims, grounds)
    final: dict[str, BaseGeometry] = {}
    remarks: dict[str, list[Violation]] = {}
    for code, area in settled.items():
        given = areas.get(code)
        kept = given if area is claims[code] else None
        final[code] = shapely.transform(area, plane.to_lonlat) if kept is None else kept
        remarks[code] = list(_strayed(members.get(code, ()), claims[code], grounds.get(code)))
        if given is None and areas:
            remarks[code].append(violation("", "area", 0, 1, "no_area"))
        elif given is not None and (lost := shapely.difference(claims[code], area).area) > _OVERLAP:
            remarks[code].append(violation("", "area", round(lost), 0, "overlap"))
    return final, remarks


def _ground(units: Sequence[Unit], plane: Plane) -> CommunityGround:
    shapes = np.array([unit.geometry for unit in units], dtype=object)
    return CommunityGround(
        np.asarray(shapely.transform(shapes, plane.to_metres)), plane.to_metres(doors_of(shapes))
    )


def _strayed(
    units: Sequence[Unit], area: BaseGeometry, ground: CommunityGround | None
) -> Iterator[Violation]:
    for k in outside(area, ground) if ground else ():
        yield violation("", "area", 1, 0, "outside", unit=units[k].id)


def hull(ground: CommunityGround) -> BaseGeometry:
    """Outline of a community whose area is not known: the buffered hull of its buildings."""
    together: BaseGeometry = shapely.GeometryCollection(list(ground.footprints))
    return shapely.buffer(together.convex_hull, _MARGIN)


def outside(area: BaseGeometry, ground: CommunityGround) -> NDArray[np.int64]:
    """Indices of the buildings whose door does not lie inside the area."""
    return np.flatnonzero(~shapely.contains(area, shapely.points(ground.doors)))


def settle(
    areas: Mapping[str, BaseGeometry], grounds: Mapping[str, CommunityGround]
) -> dict[str, BaseGeometry]:
    """Make areas (metres) hold all their doors and not overlap.

    An area that holds its doors and meets no other stays as it is. Where areas overlap, each place goes
    to the community of the nearest building, if that community claims it, else to the first that does; a
    building outside its area takes its own ground with it.
    """
    codes = sorted(areas)
    claims = {code: _with_outliers(areas[code], grounds.get(code)) for code in codes}
    disputed = _overlaps(codes, claims)
    if not disputed:
        return claims
    contested = shapely.union_all(list(disputed.values()))
    involved = sorted({code for pair in disputed for code in pair})
    nearest = _by_nearest(contested, [code for code in involved if code in grounds], grounds)
    settled, left = dict(claims), contested
    for code in involved:
        own = shapely.difference(claims[code], contested)
        mine = shapely.intersection(nearest[code], claims[code]) if code in nearest else shapely.Polygon()
        settled[code], left = shapely.union(own, mine), shapely.difference(left, mine)
    for code in involved:
        mine = shapely.intersection(left, claims[code])
        settled[code], left = shapely.union(settled[code], mine), shapely.difference(left, mine)
    return {code: _polygons(area) for code, area in settled.items()}


def _with_outliers(area: BaseGeometry, ground: CommunityGround | None) -> BaseGeometry:
    if ground is None or not len(strays := outside(area, ground)):
        return area
    return shapely.union_all([area, *shapely.buffer(ground.footprints[strays], _GROUND)])


def _overlaps(codes: list[str], claims: Mapping[str, BaseGeometry]) -> dict[tuple[str, str], BaseGeometry]:
    shapes = np.array([claims[code] for code in codes], dtype=object)
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    found = {}
    for a, b in pairs[pairs[:, 0] < pairs[:, 1]]:
        common = shapely.intersection(shapes[a], shapes[b])
        if common.area > _OVERLAP:
            found[codes[a], codes[b]] = _polygons(common)
    return found


def _by_nearest(
    region: BaseGeometry, codes: list[str], grounds: Mapping[str, CommunityGround]
) -> dict[str, BaseGeometry]:
    if not codes:
        return {}
    owner = np.concatenate([np.full(len(grounds[code].doors), k) for k, code in enumerate(codes)])
    footprints = np.concatenate([grounds[code].footprints for code in codes])
    filled = fill(footprints, np.vstack([grounds[code].doors for code in codes]), owner, region)
    return dict(zip(codes, filled, strict=True))


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines and points that overlays leave behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
