"""Read what an import brings: buildings, roads and waters, outlines; every fault by file, row and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from shige.division.input import Problem, read_areas, read_barriers, read_units
from shige.division.units import Unit
from shige.geo.datum import Datum

from ..buildings import OPTIONAL
from ..models import Feature
from .datums import in_wgs84
from .faults import Fault, fault_of
from .footprints import with_footprints
from .tables import Table, UnreadableFile, open_table

GROUND_KINDS: Final = frozenset(Feature.Kind.values) - {Feature.Kind.BARRIER}


@dataclass(frozen=True, slots=True)
class MapFeature:
    """A road, river, park ...: what the base map shows; barriers may part grids. WGS-84 degrees."""

    kind: str
    grade: str
    name: str
    geometry: BaseGeometry
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class ImportedGround:
    """Everything that one import brings, and what is wrong with it; use it only without faults.

    ``unsaid`` are the optional columns of buildings that the file does not have.
    """

    units: tuple[Unit, ...] = ()
    features: tuple[MapFeature, ...] = ()
    areas: Mapping[str, BaseGeometry] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file as it was handed in: its name, for its kind, and its content."""

    name: str
    content: bytes


def read_ground(
    units: ImportFile | None,
    barriers: ImportFile | None = None,
    areas: ImportFile | None = None,
    base: ImportFile | None = None,
    datum: Datum = "wgs84",
) -> ImportedGround:
    """Read the files of one import, all declared in one datum, without saving anything."""
    reading = _Reading(datum)
    ground = ImportedGround(
        units=with_footprints(reading.of(units, read_units)),
        features=(*reading.of(barriers, read_courses), *reading.of(base, read_base)),
        areas=dict(reading.of(areas, read_outlines)),
        faults=tuple(reading.faults),
        unsaid=frozenset(OPTIONAL) - reading.columns,
    )
    if units and not ground.units and not ground.faults:
        return replace(ground, faults=(Fault(0, "", _("The file holds no buildings."), units.name),))
    return ground


class _Reading:
    """Reads file after file and gathers the faults of all."""

    def __init__(self, datum: Datum) -> None:
        self.datum: Datum = datum
        self.faults: list[Fault] = []
        self.columns: set[str] = set()

    def of(self, file: ImportFile | None, reader: Any) -> list[Any]:
        """Read one file with the reader of its kind; nothing where there is no file."""
        if file is None:
            return []
        try:
            table = open_table(file.name, file.content)
        except UnreadableFile as error:
            self.faults.append(replace(error.fault, file=file.name))
            return []
        self.columns |= table.headers.keys()
        features, faults = in_wgs84(table, self.datum)
        read, problems = reader(features)
        faults += [fault_of(problem, table.first, headers_of(table)) for problem in problems]
        self.faults += [replace(fault, file=file.name) for fault in faults]
        return list(read)


def headers_of(table: Table) -> Mapping[str, str]:
    """Return the file's own words for our columns; in a table, shape means longitude and latitude."""
    if not table.flat:
        return table.headers
    places = [table.headers.get(column, column) for column in ("lon", "lat")]
    return {**table.headers, "geometry": "/".join(places)}


def read_outlines(features: Iterable[Mapping[str, Any]]) -> tuple[list[Any], list[Problem]]:
    """Read the outlines of communities as pairs of code and shape."""
    areas, problems = read_areas(features)
    return list(areas.items()), problems


def read_courses(features: Iterable[Mapping[str, Any]]) -> tuple[list[MapFeature], list[Problem]]:
    """Read roads, railways and rivers with their names."""
    listed = list(features)
    barriers, problems = read_barriers(listed)
    if problems:
        return [], problems
    return [
        MapFeature(Feature.Kind.BARRIER, barrier.kind, *named(feature), width=width_of(feature))
        for barrier, feature in zip(barriers, listed, strict=True)
    ], []


def read_base(features: Iterable[Mapping[str, Any]]) -> tuple[list[MapFeature], list[Problem]]:
    """Read what is only drawn: water, parks, fields ..."""
    read, problems = [], []
    for row, feature in enumerate(features, start=1):
        kind = str((feature.get("properties") or {}).get("kind") or "")
        if kind not in GROUND_KINDS:
            allowed = ", ".join(sorted(GROUND_KINDS))
            problems.append(Problem(row, "kind", "unknown", {"value": kind or "-", "allowed": allowed}))
        elif not feature.get("geometry"):
            problems.append(Problem(row, "geometry", "geometry_missing"))
        else:
            read.append(MapFeature(kind, "", *named(feature)))
    return read, problems


def named(feature: Mapping[str, Any]) -> tuple[str, BaseGeometry]:
    """Return the name and the shape of a feature that has been checked."""
    name = str(feature["properties"].get("name") or "").strip()
    return name[:80], shapely.force_2d(shape(feature["geometry"]))


def width_of(feature: Mapping[str, Any]) -> float:
    """Return a road's width in metres, 0 where it is not given."""
    try:
        return max(float(feature["properties"].get("width") or 0), 0.0)
    except (TypeError, ValueError):
        return 0.0
