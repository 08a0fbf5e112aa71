"""Read units, barriers and areas from GeoJSON features, and list everything that is wrong with them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from .units import BARRIER_CLASSES, USES, Barrier, Unit

Feature = Mapping[str, Any]

_MESSAGES = {
    "not_a_feature": "is not a GeoJSON feature",
    "missing": "is missing",
    "duplicate": "{value} was already used in row {first}",
    "community_code": "{value} is not a community code of 12 digits",
    "not_whole": "{value} is not a whole number",
    "not_a_number": "{value} is not a number",
    "negative": "{value} is below zero",
    "too_large": "{value} is more than {limit}",
    "not_yes_or_no": "{value} is neither true nor false",
    "unknown": "{value} is not one of {allowed}",
    "geometry_missing": "the shape is missing",
    "geometry_type": "{value} is not allowed here, use {allowed}",
    "geometry_broken": "the shape cannot be read: {reason}",
    "self_crossing": "the outline is not valid: {reason}",
    "out_of_range": "{value} is not a longitude and latitude in degrees",
    "swapped": "{value}: longitude and latitude look swapped",
    "far_away": "lies {value} km from the middle of its community",
}
_POLYGONS = ("Polygon", "MultiPolygon")
_PLACES = (*_POLYGONS, "Point")
_COURSES = ("LineString", "MultiLineString", *_POLYGONS)
_FAR_KM = 100.0
_MOST = {"households": 100_000, "shops": 100_000, "floors": 200, "entrances": 500}  # of one building
_MOST |= {"population": 500_000, "expected_households": 100_000, "workload": 100_000, "minutes": 600}
_YES_NO = {"true": True, "1": True, "yes": True, "是": True, "有": True}
_YES_NO |= {"false": False, "0": False, "no": False, "否": False, "无": False, "": False}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the input; `code` and `details` let a page say `message` in another language."""

    row: int  # the first feature is row 1
    column: str
    code: str
    details: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return _MESSAGES[self.code].format(**self.details)

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.message}"


def read_units(features: Iterable[Feature]) -> tuple[list[Unit], list[Problem]]:
    """Read buildings (R5): every fault is listed by row and column.

    Returns
    -------
    The units, and the problems. Use the units only where there are no problems: a row with a fault is
    left out. Numbers may be written as text, as they come from a spreadsheet.
    """
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    read = [(row, _unit(row)) for row in rows]
    problems = [problem for row in rows for problem in row.problems]
    problems += _duplicates(rows)
    placed = [(row.number, unit) for row, unit in read if unit is not None]
    problems += _strays(placed)
    return [unit for _, unit in placed], sorted(problems, key=lambda problem: problem.row)


def read_barriers(features: Iterable[Feature]) -> tuple[list[Barrier], list[Problem]]:
    """Read roads, railways and rivers; returns them and the problems, as `read_units` does."""
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    barriers = []
    for row in rows:
        kind, geometry = row.choice("class", BARRIER_CLASSES, ""), row.geometry(_COURSES)
        if kind and geometry is not None:
            barriers.append(Barrier(kind, geometry))
    return barriers, [problem for row in rows for problem in row.problems]


def read_areas(features: Iterable[Feature]) -> tuple[dict[str, BaseGeometry], list[Problem]]:
    """Read the area of each community by its code; several features of one community are joined."""
    rows = [_Row(number, feature) for number, feature in enumerate(features, start=1)]
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for row in rows:
        code, geometry = row.community(), row.geometry(_POLYGONS)
        if code and geometry is not None:
            parts[code].append(geometry)
    areas = {code: shapely.unary_union(shapes) for code, shapes in parts.items()}
    return areas, [problem for row in rows for problem in row.problems]


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

    def fault(self, column: str, code: str, **details: str | int | float) -> None:
        """Note that a column of this row cannot be read; `details` are the words of its message."""
        self.problems.append(Problem(self.number, column, code, details))

    def text(self, column: str, *, required: bool = False) -> str:
        """Read what stands in a column without the blanks around it; "" where nothing does."""
        value = self._values.get(column)
        if isinstance(value, float) and value.is_integer():  # 990101001001.0, as spreadsheets hand it over
            value = int(value)
        said = "" if value is None else str(value).strip()
        if required and not said:
            self.fault(column, "missing")
        return said

    def community(self) -> str:
        """Read the code of a community, 12 digits; "" where it is none."""
        code = self.text("community", required=True)
        if code and not re.fullmatch(r"[0-9]{12}", code):
            self.fault("community", "community_code", value=code)
            return ""
        return code

    def count(self, column: str, absent: int | None) -> int:
        """Read a whole number, zero or above; `absent` stands in for nothing, None refuses it."""
        said = self.text(column, required=absent is None)
        if not said:
            return absent or 0
        number = _as_number(said)
        if number is None:
            self.fault(column, "not_whole", value=said)
            return 0
        self._within(column, said, number)
        return number

    def measure(self, column: str) -> float:
        """Read a number, zero or above; 0 stands in for nothing."""
        said = self.text(column) or "0"
        try:
            number = float(said)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.fault(column, "not_a_number", value=said)
            return 0.0
        self._within(column, said, number)
        return number

    def _within(self, column: str, said: str, number: float) -> None:
        if number < 0:
            self.fault(column, "negative", value=said)
        if number > _MOST[column]:
            self.fault(column, "too_large", value=said, limit=_MOST[column])

    def flag(self, column: str) -> bool:
        """Read yes or no; nothing is no."""
        said = self.text(column).lower()
        if said not in _YES_NO:
            self.fault(column, "not_yes_or_no", value=said)
        return _YES_NO.get(said, False)

    def choice(self, column: str, allowed: frozenset[str], absent: str) -> str:
        """Read one of `allowed`; `absent` stands in for nothing, unless it is ""."""
        said = self.text(column, required=not absent) or absent
        if said and said not in allowed:
            self.fault(column, "unknown", value=said, allowed=", ".join(sorted(allowed)))
            return ""
        return said

    def geometry(self, allowed: tuple[str, ...]) -> BaseGeometry | None:
        """Read the shape, or say what is wrong with it."""
        if not self._shape:
            self.fault("geometry", "geometry_missing")
            return None
        try:
            with np.errstate(invalid="ignore"):  # what is no number is told below
                geometry = self._shape if isinstance(self._shape, BaseGeometry) else shape(self._shape)
        except Exception as error:  # shapely raises many kinds for shapes that are no shapes
            self.fault("geometry", "geometry_broken", reason=str(error))
            return None
        found = _fault_of(geometry, allowed)
        if found is not None:
            self.fault("geometry", found[0], **found[1])
            return None
        return shapely.force_2d(geometry)


def _unit(row: _Row) -> Unit | None:
    values: dict[str, Any] = {
        "id": row.text("id", required=True),
        "community": row.community(),
        "use": row.choice("use", USES, "residential"),
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
    values |= {column: row.text(column) for column in ("address", "compound", "manager", "group")}
    geometry = row.geometry(_PLACES)
    return None if row.problems or geometry is None else Unit(geometry=geometry, **values)


def _as_number(said: str) -> int | None:
    try:
        number = float(said)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and number.is_integer() else None


def _fault_of(geometry: BaseGeometry, allowed: tuple[str, ...]) -> tuple[str, dict[str, str]] | None:
    """Code and details of the first thing that is wrong with a shape."""
    if geometry.is_empty:
        return "geometry_missing", {}
    if geometry.geom_type not in allowed:
        return "geometry_type", {"value": geometry.geom_type, "allowed": ", ".join(allowed)}
    misplaced = _misplaced(shapely.get_coordinates(geometry))
    if misplaced is not None:
        return misplaced
    if not geometry.is_valid:
        return "self_crossing", {"reason": shapely.is_valid_reason(geometry)}
    return None


def _misplaced(lonlat: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[str, dict[str, str]] | None:
    with np.errstate(invalid="ignore"):
        bad = ~((np.abs(lonlat[:, 0]) <= 180) & (np.abs(lonlat[:, 1]) <= 90))
    if not bad.any():
        return None
    longitude, latitude = lonlat[int(np.flatnonzero(bad)[0])]
    swapped = abs(longitude) <= 90 < abs(latitude) <= 180
    return "swapped" if swapped else "out_of_range", {"value": f"{longitude}, {latitude}"}


def _duplicates(rows: list[_Row]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        name = row.text("id")
        if name and first.setdefault(name, row.number) != row.number:
            problems.append(Problem(row.number, "id", "duplicate", {"value": name, "first": first[name]}))
    return problems


def _strays(placed: list[tuple[int, Unit]]) -> list[Problem]:
    """Find units so far from the rest of their community that a number in them must be wrong."""
    by_community: dict[str, list[tuple[int, Unit]]] = defaultdict(list)
    for number, unit in placed:
        by_community[unit.community].append((number, unit))
    problems = []
    for members in by_community.values():
        where = np.array([unit.geometry.centroid.coords[0] for _, unit in members])
        middle = np.median(where, axis=0)
        degrees = (where - middle) * (math.cos(math.radians(float(middle[1]))), 1.0)
        km = 111.3 * np.hypot(degrees[:, 0], degrees[:, 1])
        for (number, _), distance in zip(members, km, strict=True):
            if distance > _FAR_KM:
                problems.append(Problem(number, "geometry", "far_away", {"value": round(float(distance))}))
    return problems
