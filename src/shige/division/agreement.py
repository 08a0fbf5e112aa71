"""Whether the files of one division belong together: units, areas and the division in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.areas import doors_of
from shige.division.units import Previous, Unit
from shige.geo.datum import from_wgs84, to_wgs84

_Points = NDArray[np.float64]
_SHARE = 0.5  # of the units outside their areas: above, it is not the units that are wrong
_NAMED = 10  # rows
_READINGS: tuple[tuple[str, Callable[[_Points], _Points]], ...] = (
    ("the units look like GCJ-02, the areas like WGS-84", lambda p: _turned(to_wgs84, p, "gcj02")),
    ("the units look like BD-09, the areas like WGS-84", lambda p: _turned(to_wgs84, p, "bd09")),
    ("the units look like WGS-84, the areas like GCJ-02", lambda p: _turned(from_wgs84, p, "gcj02")),
    ("the units look like WGS-84, the areas like BD-09", lambda p: _turned(from_wgs84, p, "bd09")),
)


def disagreements(
    units: Sequence[Unit], areas: Mapping[str, BaseGeometry], previous: Previous | None
) -> Iterator[str]:
    """Say why inputs that are sound one by one cannot be of one place; units are rows from 1."""
    yield from _areas_apart(units, areas)
    if previous is not None and previous.pieces:
        known = {(unit.community, unit.id) for unit in units}
        if not any((piece.community[:12], piece.unit) in known for piece in previous.pieces):
            rows, first = len(previous.pieces), previous.pieces[0]
            yield (
                f"the previous division is of another place: none of its {rows} rows is about a unit here "
                f"(row 1: {first.unit} in {first.community[:12]})"
            )


def _areas_apart(units: Sequence[Unit], areas: Mapping[str, BaseGeometry]) -> Iterator[str]:
    """Whether most units lie outside the area of their community."""
    rows = np.array([k for k, unit in enumerate(units) if unit.community in areas], dtype=np.int64)
    if not len(rows):
        return
    communities = [units[k].community for k in rows]
    doors = doors_of(np.array([units[k].geometry for k in rows], dtype=object))
    outside = ~_inside(doors, communities, areas)
    if outside.mean() <= _SHARE:
        return
    named = ", ".join(str(row + 1) for row in rows[outside][:_NAMED])
    more = ", ..." if outside.sum() > _NAMED else ""
    yield (
        f"{outside.sum()} of {len(rows)} units lie outside the area of their community (rows {named}{more}): "
        f"{_reading(doors, communities, areas)}"
    )


def _reading(doors: _Points, communities: Sequence[str], areas: Mapping[str, BaseGeometry]) -> str:
    """The likeliest reason why doors lie outside their areas."""
    shares = [_inside(turn(doors), communities, areas).mean() for _, turn in _READINGS]
    best = int(np.argmax(shares))
    if shares[best] > _SHARE:
        return _READINGS[best][0]
    elsewhere = shapely.STRtree(list(areas.values())).query(shapely.points(doors), "intersects")
    if elsewhere.shape[1] > _SHARE * len(doors):
        return "they lie in areas of others, so codes of communities are exchanged"
    return "units and areas are not of one place"


def _inside(
    doors: _Points, communities: Sequence[str], areas: Mapping[str, BaseGeometry]
) -> NDArray[np.bool_]:
    members: dict[str, list[int]] = defaultdict(list)
    for k, code in enumerate(communities):
        members[code].append(k)
    inside = np.zeros(len(doors), dtype=np.bool_)
    for code, own in members.items():
        shapely.prepare(areas[code])
        inside[own] = shapely.contains_xy(areas[code], doors[own])
    return inside


def _turned(convert: Callable[..., tuple[_Points, _Points]], lonlat: _Points, datum: str) -> _Points:
    return np.column_stack(convert(*lonlat.T, datum))
