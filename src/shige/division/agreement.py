"""Whether the files of one division belong together: units, areas, barriers and the division in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.areas import doors_of
from shige.division.units import Barrier, Previous, Unit
from shige.geo.datum import from_wgs84, to_wgs84

_Points = NDArray[np.float64]
_Shapes = NDArray[np.object_]
_SHARE = 0.5  # of the units outside their areas: above, it is not the units that are wrong
_NAMED = 10  # rows
_CROSSED = 0.03  # of the buildings that barriers run through: above, and with another reading a quarter of it
_MOSTLY = 0.2  # the same: above, barriers and units do not fit, whatever the reading; tunnels cross some
_FEWEST = 10  # buildings
_READINGS: tuple[tuple[str, Callable[[_Points], _Points]], ...] = (
    ("the units look like GCJ-02, {others} like WGS-84", lambda p: _turned(to_wgs84, p, "gcj02")),
    ("the units look like BD-09, {others} like WGS-84", lambda p: _turned(to_wgs84, p, "bd09")),
    ("the units look like WGS-84, {others} like GCJ-02", lambda p: _turned(from_wgs84, p, "gcj02")),
    ("the units look like WGS-84, {others} like BD-09", lambda p: _turned(from_wgs84, p, "bd09")),
    ("longitude and latitude look exchanged, in the units or in {others}", lambda p: p[:, ::-1]),
)


def disagreements(
    units: Sequence[Unit],
    areas: Mapping[str, BaseGeometry],
    previous: Previous | None,
    barriers: Sequence[Barrier] = (),
) -> Iterator[str]:
    """Say why inputs that are sound one by one cannot be of one place; units are rows from 1."""
    yield from _areas_apart(units, areas)
    if units and barriers:
        yield from _barriers_apart(units, barriers)
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
        return _READINGS[best][0].format(others="the areas")
    elsewhere = shapely.STRtree(list(areas.values())).query(shapely.points(doors), "intersects")
    if elsewhere.shape[1] > _SHARE * len(doors):
        return "they lie in areas of others, so codes of communities are exchanged"
    return "units and areas are not of one place"


def _barriers_apart(units: Sequence[Unit], barriers: Sequence[Barrier]) -> Iterator[str]:
    """Whether barriers lie elsewhere, or run through buildings as no road does."""
    buildings = np.array([unit.geometry for unit in units], dtype=object)
    courses = np.array([barrier.geometry for barrier in barriers], dtype=object)
    if not _meet(buildings, courses):
        fits = [said for said, turn in _READINGS if _meet(_read_as(buildings, turn), courses)]
        reason = fits[0].format(others="the barriers") if fits else "they are not of one place"
        yield f"none of {len(barriers)} barriers lies near the units: {reason}"
        return
    crossed = _crossed(buildings, courses)
    if len(crossed) < max(_FEWEST, _CROSSED * len(units)):
        return
    turned = [_read_as(buildings, turn) for _, turn in _READINGS]
    others = [len(_crossed(b, courses)) if _meet(b, courses) else len(units) for b in turned]
    best = int(np.argmin(others))
    if others[best] > len(crossed) / 4 and len(crossed) <= _MOSTLY * len(units):
        return
    reason = _READINGS[best][0].format(others="the barriers")
    if others[best] > len(crossed) / 4:
        reason = "they do not fit together"
    rows = ", ".join(str(row + 1) for row in crossed[:_NAMED].tolist())
    yield f"barriers run through {len(crossed)} of {len(units)} units (rows {rows}, ...): {reason}"


def _meet(buildings: _Shapes, courses: _Shapes) -> bool:
    """Whether the boxes around them meet."""
    one, other = (shapely.box(*shapely.total_bounds(shapes)) for shapes in (buildings, courses))
    return bool(one.intersects(other))


def _crossed(buildings: _Shapes, courses: _Shapes) -> NDArray[np.int64]:
    """Buildings that barriers touch."""
    return np.unique(shapely.STRtree(buildings).query(courses, predicate="intersects")[1])


def _read_as(shapes: _Shapes, turn: Callable[[_Points], _Points]) -> _Shapes:
    return np.asarray(shapely.transform(shapes, turn))


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
