"""Where the rows of a table lie, in WGS-84: degrees in two columns, or shapes in a coordinate system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

from shige.geo.crs import Coordinates, OtherDatum, UnknownCrs, read_crs
from shige.geo.datum import Datum

from .cells import degrees, text
from .problems import Problem, WrongCell, first_of_each
from .table import Table

Feature = Mapping[str, Any]

_PLAIN: Final = Coordinates("wgs84")


def located(
    table: Table, declared: Datum | None = None
) -> tuple[list[Feature], list[Problem], list[Problem]]:
    """Return the rows of a table as features in WGS-84, what is wrong with them, and what was converted.

    A file has one datum: whatever it says itself, as a whole or row by row, must agree with `declared`. Where
    nothing is declared, what the file says counts, and WGS-84 where it says nothing.
    """
    shapes, problems = _shapes(table)
    problems = [*table.problems, *problems]
    system, wrong = _system(table, declared)
    if system.projection and _are_degrees(shapes):
        wrong.append(Problem(0, "crs", "degrees_in_metres", {"value": table.crs}))
    if wrong:
        return _features(table, shapes), [*wrong, *problems], []
    notes = []
    if system != _PLAIN:
        shapes = [_turned(geometry, system) for geometry in shapes]
    if system.projection or system.datum != (declared or "wgs84"):
        notes.append(Problem(0, "", "converted", {"value": table.crs or system.datum}))
    return _features(table, shapes), problems, notes


def all_problems(table: Table, located_problems: list[Problem], read: list[Problem]) -> list[Problem]:
    """Return everything that is wrong, as the reader of the file knows it, of each cell once."""
    axes = {table.called("lon"), table.called("lat")}
    misplaced = {problem.row for problem in located_problems if problem.column in axes}
    absent = {problem.column for problem in located_problems if problem.code == "no_column"}
    further = [
        problem
        for problem in map(table.as_in_file, read)
        if not (problem.code == "missing" and problem.column in absent)
        and not (problem.code == "geometry_missing" and (problem.row in misplaced or axes & absent))
    ]
    return first_of_each([*located_problems, *further])


def _features(table: Table, shapes: list[Any]) -> list[Feature]:
    return [
        {"type": "Feature", "properties": row, "geometry": geometry}
        for row, geometry in zip(table.rows, shapes, strict=True)
    ]


def _shapes(table: Table) -> tuple[list[Any], list[Problem]]:
    """Return the shapes as they stand, and what is no number in columns of longitude and latitude."""
    if not table.flat:
        return list(table.shapes), []
    shapes: list[Any] = []
    problems = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        point: list[float] = []
        for axis in ("lon", "lat"):
            try:
                found = degrees(row.get(axis), axis)
            except WrongCell as error:
                problems.append(Problem(number, table.called(axis), error.code, error.details))
                found = None
            point += [] if found is None else [found]
        shapes.append({"type": "Point", "coordinates": point} if len(point) == 2 else None)
    return shapes, problems


def _system(table: Table, declared: Datum | None) -> tuple[Coordinates, list[Problem]]:
    """Return the one coordinate system of a table, and each place that says another one."""
    said = [(0, "crs", table.crs)] if table.crs else []
    header = table.called("datum")
    said += [
        (number, header, name)
        for number, row in zip(table.numbers, table.rows, strict=True)
        if (name := text(row.get("datum")))
    ]
    system = None if declared is None else Coordinates(declared)
    problems = []
    for row, column, name in said:
        try:
            found = read_crs(name)
        except UnknownCrs:
            problems.append(Problem(row, column, "unknown_crs", {"value": name}))
            continue
        except OtherDatum:
            problems.append(Problem(row, column, "other_datum", {"value": name}))
            continue
        if found.projection and table.flat:
            problems.append(Problem(row, column, "metres_here", {"value": name}))
        elif system is not None and found.datum != system.datum:
            problems.append(Problem(row, column, "declared_otherwise", _both(name, system.datum)))
        elif row == 0 or system is None:
            system = found
    return system or _PLAIN, problems


def _both(name: str, declared: str) -> dict[str, str]:
    words = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09"}
    return {"value": name, "declared": words[declared]}


def _are_degrees(shapes: list[Any]) -> bool:
    """Whether the first shape that can be read lies within the numbers of degrees, and not at zero."""
    for geometry in shapes:
        points = _points(geometry)
        if len(points):
            return bool((np.abs(points[:, 0]) <= 180).all() and (np.abs(points[:, 1]) <= 90).all())
    return False


def _points(geometry: Any) -> NDArray[np.float64]:
    try:
        return np.asarray(shapely.get_coordinates(shape(geometry)), dtype=np.float64)
    except Exception:  # shapely raises many kinds for shapes that are no shapes
        return np.empty((0, 2))


def _turned(geometry: Any, system: Coordinates) -> Any:
    """Return a shape in WGS-84; one that cannot be read stays for the reading to name."""
    try:
        read = shapely.force_2d(shape(geometry))
        return mapping(shapely.transform(read, system.to_wgs84))
    except Exception:  # shapely raises many kinds for shapes that are no shapes
        return geometry
