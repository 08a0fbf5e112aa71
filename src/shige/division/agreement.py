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
from shige.tables.problems import Detail, Problem

_Points = NDArray[np.float64]
_Shapes = NDArray[np.object_]
_SHARE = 0.5  # of the units outside their areas: above, it is not the units that are wrong
_NAMED = 10  # rows
_CROSSED = 0.03  # of the buildings that barriers run through: above, and with another reading a quarter of it
_MOSTLY = 0.2  # the same: above, barriers and units do not fit, whatever the reading; tunnels cross some
_FEWEST = 10  # buildings
_NEAR = 0.002  # degrees, some 200 m: less than datums differ
_INSIDE = 0.8  # of the length of barriers among the buildings: with less of it another reading does not fit
_READINGS: tuple[tuple[str, Callable[[_Points], _Points]], ...] = (
    ("units_gcj02", lambda p: _turned(to_wgs84, p, "gcj02")),
    ("units_bd09", lambda p: _turned(to_wgs84, p, "bd09")),
    ("others_gcj02", lambda p: _turned(from_wgs84, p, "gcj02")),
    ("others_bd09", lambda p: _turned(from_wgs84, p, "bd09")),
    ("axes_exchanged", lambda p: p[:, ::-1]),
)


def disagreements(
    units: Sequence[Unit],
    areas: Mapping[str, BaseGeometry],
    previous: Previous | None,
    barriers: Sequence[Barrier] = (),
    numbers: Sequence[int] = (),
) -> Iterator[Problem]:
    """Say why inputs that are sound one by one cannot be of one place.

    Parameters
    ----------
    numbers
        What the reader of their file calls the units; rows from 1 where nothing is given.
    """
    rows = np.array(numbers or range(1, len(units) + 1))
    yield from _areas_apart(units, areas, rows)
    if units and barriers:
        yield from _barriers_apart(units, barriers, rows)
    if previous is not None and previous.pieces:
        known = {(unit.community, unit.id) for unit in units}
        if not any((piece.community[:12], piece.unit) in known for piece in previous.pieces):
            first = previous.pieces[0]
            about: dict[str, Detail] = {
                "count": len(previous.pieces),
                "unit": first.unit,
                "community": first.community[:12],
            }
            yield Problem(0, "", "previous_elsewhere", about)


def _areas_apart(
    units: Sequence[Unit], areas: Mapping[str, BaseGeometry], numbers: NDArray[np.int64]
) -> Iterator[Problem]:
    """Whether most units lie outside the area of their community."""
    rows = np.array([k for k, unit in enumerate(units) if unit.community in areas], dtype=np.int64)
    if not len(rows):
        return
    communities = [units[k].community for k in rows]
    doors = doors_of(np.array([units[k].geometry for k in rows], dtype=object))
    outside = ~_inside(doors, communities, areas)
    if outside.mean() <= _SHARE:
        return
    reason = Problem(0, "", _reading(doors, communities, areas))
    about: dict[str, Detail] = {
        "count": int(outside.sum()),
        "all": len(rows),
        "rows": _named(numbers[rows[outside]]),
    }
    yield Problem(0, "", "areas_apart", {**about, "reason": reason})


def _named(rows: NDArray[np.int64]) -> tuple[str, ...]:
    named = tuple(str(row) for row in rows[:_NAMED].tolist())
    return (*named, "…") if len(rows) > _NAMED else named


def _reading(doors: _Points, communities: Sequence[str], areas: Mapping[str, BaseGeometry]) -> str:
    """The likeliest reason why doors lie outside their areas."""
    shares = [_inside(turn(doors), communities, areas).mean() for _, turn in _READINGS]
    best = int(np.argmax(shares))
    if shares[best] > _SHARE:
        return _READINGS[best][0]
    elsewhere = shapely.STRtree(list(areas.values())).query(shapely.points(doors), "intersects")
    return "codes_exchanged" if elsewhere.shape[1] > _SHARE * len(doors) else "not_one_place"


def _barriers_apart(
    units: Sequence[Unit], barriers: Sequence[Barrier], numbers: NDArray[np.int64]
) -> Iterator[Problem]:
    """Whether barriers lie elsewhere, or run through buildings as no road does."""
    buildings = np.array([unit.geometry for unit in units], dtype=object)
    courses = np.array([barrier.geometry for barrier in barriers], dtype=object)
    if not _meet(buildings, courses):
        fits = [said for said, turn in _READINGS if _meet(_read_as(buildings, turn), courses)]
        reason = Problem(0, "", fits[0] if fits else "not_one_place")
        yield Problem(0, "", "barriers_elsewhere", {"count": len(barriers), "reason": reason})
        return
    crossed = _crossed(buildings, courses)
    if len(crossed) < max(_FEWEST, _CROSSED * len(units)):
        return
    found = _better(buildings, courses, len(crossed))
    if not found and len(crossed) <= _MOSTLY * len(units):
        return
    reason = Problem(0, "", found or "do_not_fit")
    about: dict[str, Detail] = {"count": len(crossed), "all": len(units), "rows": _named(numbers[crossed])}
    yield Problem(0, "", "barriers_cross", {**about, "reason": reason})


def _better(buildings: _Shapes, courses: _Shapes, crossed: int) -> str:
    """The reading in which barriers run as far among the buildings and through few of them; "" for none.

    A tunnel under an old town crosses few buildings once it is moved out of the town: that fits nothing.
    """
    among = _length_among(buildings, courses)
    fewest, best = crossed / 4, ""
    for said, turn in _READINGS:
        turned = _read_as(buildings, turn)
        if not _meet(turned, courses) or _length_among(turned, courses) < _INSIDE * among:
            continue
        through = len(_crossed(turned, courses))
        if through <= fewest:
            fewest, best = through, said
    return best


def _length_among(buildings: _Shapes, courses: _Shapes) -> float:
    """How long barriers run within the hull of the buildings, in degrees."""
    hull = shapely.convex_hull(shapely.geometrycollections(buildings))
    return float(shapely.length(shapely.intersection(hull, courses)).sum())


def _meet(buildings: _Shapes, courses: _Shapes) -> bool:
    """Whether the boxes around them meet, or nearly so."""
    one, other = (shapely.box(*shapely.total_bounds(shapes)) for shapes in (buildings, courses))
    return bool(one.distance(other) <= _NEAR)


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
