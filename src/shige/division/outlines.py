"""Areas of communities: made where none is given, settled where they overlap or miss a building (R1, R5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shige.division.areas import doors_of
from shige.division.claims import OVERLAP, CommunityGround, outside, settle
from shige.division.rules import violation
from shige.division.units import Unit, Violation
from shige.geo.plane import Plane

_MARGIN = 20.0  # metres around the hull of a community without an area


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
        elif given is not None and (lost := shapely.difference(claims[code], area).area) > OVERLAP:
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
