"""Read units, barriers and areas from GeoJSON features, and list everything that is wrong with them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from shige.geo.codes import DivisionCode, NoDivisionCode
from shige.tables import cells
from shige.tables.headers import KIND, NO_BARRIERS, class_of, use_of
from shige.tables.problems import Detail, Problem, WrongCell

from .units import BARRIER_CLASSES, USES, Barrier, Unit

Feature = Mapping[str, Any]

_POLYGONS = ("Polygon", "MultiPolygon")
_PLACES = (*_POLYGONS, "Point")
_COURSES = ("LineString", "MultiLineString", *_POLYGONS)
_FAR_KM = 5.0
_NEAR_KM = 0.5  # buildings of one square of this size count as one place
_AT_ZERO = 0.01  # degrees
_CHINA = (73.0, 3.0, 136.0, 54.0)
_MOST = {"households": 100_000, "shops": 100_000, "floors": 200, "entrances": 500}  # of one building
_MOST |= {"population": 500_000, "expected_households": 100_000, "workload": 100_000, "minutes": 600}
_CODES = {"digits": "community_code", "gap": "code_gap", "street": "street_number"}
_SAME = 0.95  # of the ground of two areas: above, one was given twice
_Value = TypeVar("_Value")


def read_units(
    features: Iterable[Feature],
    areas: Mapping[str, BaseGeometry] | None = None,
    kinds: Sequence[str] = (),
) -> tuple[list[Unit], list[Problem]]:
    """Read buildings (R5): every fault is listed by row and column.

    Parameters
    ----------
    areas
        Of communities, where they are known: a building within its own is not too far from the others.
    kinds
        Codes of kinds of residents (R7); the number of each is read from `kind:<code>`.

    Returns
    -------
    The units, and the problems. Use the units only where there are no problems: a row with a fault is
    left out. Numbers may be written as text, as they come from a spreadsheet.
    """
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    read = [(row, _unit(row, kinds)) for row in rows]
    problems = [problem for row in rows for problem in row.problems]
    problems += _duplicates(rows)
    placed = [(row.number, unit) for row, unit in read if unit is not None]
    problems += _strays(placed, areas or {})
    return [unit for _, unit in placed], sorted(problems, key=lambda problem: problem.row)


def read_barriers(features: Iterable[Feature]) -> tuple[list[Barrier], list[Problem]]:
    """Read roads, railways and rivers; returns them and the problems, as `read_units` does."""
    barriers, problems = barriers_by_row(features)
    return list(barriers.values()), problems


def barriers_by_row(features: Iterable[Feature]) -> tuple[dict[int, Barrier], list[Problem]]:
    """Read roads, railways and rivers by their row; footpaths and other ways that part nobody stay out."""
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    barriers = {}
    for row in rows:
        if row.said("class").lower() in NO_BARRIERS:
            continue
        kind, geometry = row.choice("class", BARRIER_CLASSES, "", class_of), row.geometry(_COURSES)
        if kind and geometry is not None:
            barriers[row.number] = Barrier(kind, geometry)
    return barriers, [problem for row in rows for problem in row.problems]


def ways_left_out(features: Iterable[Feature]) -> list[Problem]:
    """Return a remark on ways that part nobody, none where there are none."""
    said = [_Row(0, feature).said("class").lower() for feature in features]
    kinds = sorted(NO_BARRIERS.intersection(said))
    named = tuple(f"{kind} ({said.count(kind)})" for kind in kinds)
    return [Problem(0, "class", "no_barriers", {"kinds": named})] if named else []


def read_areas(features: Iterable[Feature]) -> tuple[dict[str, BaseGeometry], list[Problem]]:
    """Read the area of each community by its code; several features of one community are joined."""
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    last: dict[str, int] = {}
    for row in rows:
        code, geometry = row.community(), row.geometry(_POLYGONS)
        if code and geometry is not None:
            parts[code].append(geometry)
            last[code] = row.number
    areas = {code: shapely.unary_union(shapes) for code, shapes in parts.items()}
    problems = [problem for row in rows for problem in row.problems]
    return areas, problems + [
        Problem(last[later], "geometry", "same_area", {"first": first}) for first, later in _twice(areas)
    ]


def read_shape(row: int, feature: Feature) -> tuple[BaseGeometry | None, list[Problem]]:
    """Read the shape of what is only drawn, with the same checks as any other."""
    read = _Row(row, feature)
    return read.geometry((*_COURSES, "Point")), read.problems


def _twice(areas: Mapping[str, BaseGeometry]) -> list[tuple[str, str]]:
    """Codes of communities that have the same area, the earlier one first."""
    codes, shapes = list(areas), np.array(list(areas.values()), dtype=object)
    pairs: list[tuple[int, int]] = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    return [
        (codes[one], codes[other])
        for one, other in pairs
        if one < other
        and shapely.intersection(shapes[one], shapes[other]).area
        > _SAME * max(shapes[one].area, shapes[other].area)
    ]


class _Row:
    """One feature while it is read; gathers its problems."""

    def __init__(self, number: int, feature: Feature) -> None:
        self.number = number
        self.problems: list[Problem] = []
        self._shape: Any = None
        self._values: Mapping[str, Any] = {}
        if isinstance(feature, Mapping) and isinstance(feature.get("properties"), Mapping):
            self._values, self._shape = feature["properties"], feature.get("geometry")
        else:
            self.fault("feature", "not_a_feature")

    def fault(self, column: str, code: str, **details: Detail) -> None:
        """Note that a column of this row cannot be read; `details` are the words of its message."""
        self.problems.append(Problem(self.number, column, code, details))

    def said(self, column: str, read: Callable[[Any], str] = cells.exact) -> str:
        """Read what stands in a column, "" where nothing does or it is no text."""
        try:
            return read(cells.said_by(self._values.get(column), lined=True))
        except WrongCell:
            return ""

    def text(self, column: str, *, required: bool = False, free: bool = False) -> str:
        """Read a code, an id or a word of a list; with `free` people's own words. "" where nothing stands."""
        said = self._read(column, cells.text if free else cells.exact) or ""
        if required and not said and not self._faulty(column):
            self.fault(column, "missing")
        return said

    def community(self) -> str:
        """Read the code of a community, 12 digits; "" where it is none."""
        code = self.text("community", required=True)
        if not code:
            return ""
        try:
            level = DivisionCode(code).level
        except NoDivisionCode as error:
            self.fault("community", _CODES[error.kind], value=code)
            return ""
        if level != "community":
            self.fault("community", f"code_of_{level}", value=code)
            return ""
        return code

    def count(self, column: str, absent: int | None, most: int = 0) -> int:
        """Read a whole number, zero or above; `absent` stands in for nothing, None refuses it."""
        number = self._read(column, cells.whole)
        if number is None:
            if absent is None and not self._faulty(column):
                self.fault(column, "missing")
            return absent or 0
        self._within(column, number, most)
        return number

    def measure(self, column: str) -> float:
        """Read a number, zero or above; 0 stands in for nothing."""
        number = self._read(column, cells.number) or 0.0
        self._within(column, number)
        return number

    def _within(self, column: str, number: float, most: int = 0) -> None:
        said = cells.text(self._values.get(column))
        if number < 0:
            self.fault(column, "negative", value=said)
        limit = most or _MOST.get(column, _MOST["population"])
        if number > limit:
            self.fault(column, "too_large", value=said, limit=limit)

    def flag(self, column: str) -> bool:
        """Read yes or no; nothing is no."""
        return self._read(column, cells.flag) or False

    def choice(
        self, column: str, allowed: frozenset[str], absent: str, meant: Callable[[str], str] = str
    ) -> str:
        """Read one of `allowed`; `absent` stands in for nothing, unless it is ""."""
        said = self.text(column, required=not absent) or absent
        found = meant(said)
        if said and found not in allowed:
            self.fault(column, "unknown", value=said, allowed=tuple(sorted(allowed)))
            return ""
        return found

    def _read(self, column: str, read: Callable[[Any], _Value]) -> _Value | None:
        try:
            return read(cells.said_by(self._values.get(column), lined=True))
        except WrongCell as error:
            self.fault(column, error.code, **error.details)
            return None

    def _faulty(self, column: str) -> bool:
        return any(problem.column == column for problem in self.problems)

    def geometry(self, allowed: tuple[str, ...]) -> BaseGeometry | None:
        """Read the shape, or say what is wrong with it."""
        if not self._shape:
            self.fault("geometry", "geometry_missing")
            return None
        try:
            with np.errstate(invalid="ignore"):  # what is no number is told below
                geometry = self._shape if isinstance(self._shape, BaseGeometry) else shape(self._shape)
        except Exception:  # shapely raises many kinds for shapes that are no shapes
            self.fault("geometry", "geometry_broken")
            return None
        found = _fault_of(geometry, allowed)
        if found is not None:
            self.fault("geometry", found[0], **found[1])
            return None
        return shapely.force_2d(geometry)


def _unit(row: _Row, kinds: Sequence[str]) -> Unit | None:
    values: dict[str, Any] = {
        "id": row.text("id", required=True),
        "community": row.community(),
        "use": row.choice("use", USES, "residential", use_of),
        "households": row.count("households", None),
        "shops": row.count("shops", 0),
        "floors": max(row.count("floors", 1), 1),  # a park or a car park may say 0
        "entrances": max(row.count("entrances", 1), 1),
        "lift": row.flag("lift"),
        "rural": row.flag("rural"),
        "population": row.count("population", 0),
        "expected_households": row.count("expected_households", 0),
        "workload": row.measure("workload"),
        "minutes": row.measure("minutes"),
    }
    values |= {column: row.text(column, free=True) for column in ("address", "compound", "manager", "group")}
    counted = {code: row.count(f"{KIND}{code}", 0, values["population"]) for code in kinds}
    values["kinds"] = tuple(sorted((code, count) for code, count in counted.items() if count))
    geometry = row.geometry(_PLACES)
    return None if row.problems or geometry is None else Unit(geometry=geometry, **values)


def _fault_of(geometry: BaseGeometry, allowed: tuple[str, ...]) -> tuple[str, dict[str, Detail]] | None:
    """Code and details of the first thing that is wrong with a shape."""
    if geometry.is_empty:
        return "geometry_missing", {}
    if geometry.geom_type not in allowed:
        return "geometry_type", {"value": geometry.geom_type, "allowed": allowed}
    wrong = misplaced(shapely.get_coordinates(geometry))
    if wrong is not None:
        return wrong
    if geometry.geom_type in _POLYGONS and not shapely.convex_hull(geometry).area:
        return "no_area", {}
    if not geometry.is_valid:
        return _not_valid(shapely.is_valid_reason(geometry))
    return None


def _not_valid(reason: str) -> tuple[str, dict[str, Detail]]:
    """Say in our words why an outline is not valid: `Self-intersection[104 30]`."""
    what, _, where = reason.rstrip("]").partition("[")
    if "elf-intersection" in what:
        return "self_crossing", {"value": where}
    if "Duplicate" in what or "Nested" in what or "Hole" in what:
        return "doubled_ring", {"value": where}
    return ("no_area", {}) if "Too few" in what else ("not_valid", {"value": reason})


def misplaced(lonlat: NDArray[np.float64]) -> tuple[str, dict[str, Detail]] | None:
    """Return code and details of what is wrong with points in degrees, None where nothing is."""
    with np.errstate(invalid="ignore"):
        bad = ~((np.abs(lonlat[:, 0]) <= 180) & (np.abs(lonlat[:, 1]) <= 90))
    longitude, latitude = lonlat[int(np.flatnonzero(bad)[0])] if bad.any() else lonlat[0]
    told: dict[str, Detail] = {"value": f"{longitude:.10g}, {latitude:.10g}"}
    if bad.any():
        if abs(longitude) <= 90 < abs(latitude) <= 180:
            return "swapped", told
        return ("in_metres" if abs(longitude) > 1000 and abs(latitude) > 1000 else "out_of_range"), told
    if abs(longitude) < _AT_ZERO and abs(latitude) < _AT_ZERO:
        return "null_island", told
    return (
        ("swapped", told) if _in_china(latitude, longitude) and not _in_china(longitude, latitude) else None
    )


def _in_china(longitude: float, latitude: float) -> bool:
    west, south, east, north = _CHINA
    return west <= longitude <= east and south <= latitude <= north


def _duplicates(rows: list[_Row]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        name = row.said("id")
        if name and first.setdefault(name, row.number) != row.number:
            problems.append(Problem(row.number, "id", "duplicate", {"value": name, "first": first[name]}))
    return problems


def _strays(placed: list[tuple[int, Unit]], areas: Mapping[str, BaseGeometry]) -> list[Problem]:
    """Find units so far from the others of their community that place or code must be wrong."""
    by_community: dict[str, list[tuple[int, Unit]]] = defaultdict(list)
    for number, unit in placed:
        by_community[unit.community].append((number, unit))
    problems = []
    for code, members in by_community.items():
        where = np.array([unit.geometry.centroid.coords[0] for _, unit in members])
        away = _kilometres_away(where)
        for place in np.flatnonzero(away).tolist():
            number, unit = members[place]
            if code in areas and areas[code].intersects(unit.geometry):
                continue
            told = {"value": round(float(away[place]), 1)}
            problems.append(Problem(number, "geometry", "far_away", told))
    return problems


def _kilometres_away(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point lies from the largest group of points between which no gap is too wide; 0 in it."""
    km = 111.3 * (lonlat - lonlat[0]) * (math.cos(math.radians(float(np.median(lonlat[:, 1])))), 1.0)
    away = np.zeros(len(km))
    if np.ptp(km, axis=0).max() <= _FAR_KM:
        return away
    squares, place, held = np.unique(np.floor(km / _NEAR_KM), axis=0, return_inverse=True, return_counts=True)
    place = place.ravel()
    middles = np.array([km[place == square].mean(axis=0) for square in range(len(squares))])
    near = cKDTree(middles).query_pairs(_FAR_KM, output_type="ndarray").reshape(-1, 2)
    links = coo_array((np.ones(len(near)), tuple(near.T)), shape=(len(squares), len(squares)))
    group = connected_components(links, directed=False)[1]
    largest = np.bincount(group, weights=held).argmax()
    apart = (group != largest)[place]
    away[apart] = cKDTree(km[~apart]).query(km[apart])[0]
    return away
