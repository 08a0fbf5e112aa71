"""Read what an import brings: buildings, roads and waters, outlines; every fault by file, row and column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shige.division.agreement import disagreements
from shige.division.input import barriers_by_row, read_areas, read_shape, read_units, ways_left_out
from shige.division.units import Barrier, Unit
from shige.geo.datum import Datum
from shige.tables import cells
from shige.tables.headers import AREAS, BARRIERS, GROUND, KIND, Columns, unit_columns
from shige.tables.places import all_problems, located
from shige.tables.problems import Detail, Problem, WrongCell
from shige.trust.jurisdiction import profile

from ..buildings import OPTIONAL
from ..models import Feature
from .faults import Fault
from .footprints import with_footprints
from .tables import UnreadableFile, open_table, told

GROUND_KINDS: Final = frozenset(Feature.Kind.values) - {Feature.Kind.BARRIER}

LONGEST: Final = {"id": 60, "address": 160, "compound": 80, "manager": 80, "group": 60, "name": 80}
"""Characters that are kept of each column."""

Features = Sequence[Mapping[str, Any]]
Reader = Callable[[Features], tuple[Sequence[Any], list[Problem]]]


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

    ``unsaid`` are the optional columns of buildings that the file does not have, ``notes`` what was read
    otherwise than it stands in the files, or not at all.
    """

    units: tuple[Unit, ...] = ()
    features: tuple[MapFeature, ...] = ()
    areas: Mapping[str, BaseGeometry] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    unsaid: frozenset[str] = frozenset()
    notes: tuple[Fault, ...] = ()


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
    *,
    trusted: bool = False,
) -> ImportedGround:
    """Read the files of one import, all declared in one datum, without saving anything.

    Files that seem to be of other places are a fault, or, where their places are ``trusted``, only told.
    """
    reading = _Reading(datum)
    outlines = dict(reading.of(areas, Columns(AREAS), ("community",), read_outlines))
    kinds = profile().grids.kinds
    codes = [kind.code for kind in kinds]
    houses = reading.of(
        units,
        unit_columns(kinds),
        ("id", "community", "households"),
        lambda rows: read_units(rows, outlines, codes),
    )
    numbers = reading.numbers
    roads = reading.of(barriers, Columns(BARRIERS), ("class",), read_courses)
    drawn = reading.of(base, Columns(GROUND), ("kind",), read_base)
    if units and not houses and not reading.faults:
        reading.faults.append(Fault(0, "", _("The file holds no buildings."), units.name))
    if units and not reading.faults:
        lines = [Barrier(road.grade, road.geometry) for road in roads]
        apart = told([*disagreements(houses, outlines, None, lines, numbers)], units.name)
        if trusted:
            reading.notes += apart
        elif apart:
            remedy = _("If the places are right nevertheless, say so when you hand the files in again.")
            reading.faults += [*apart, Fault(0, "", remedy, units.name)]
    return ImportedGround(
        units=with_footprints(houses),
        features=(*roads, *drawn),
        areas=outlines,
        faults=tuple(reading.faults),
        unsaid=frozenset((*OPTIONAL, *(f"{KIND}{code}" for code in codes))) - reading.columns,
        notes=tuple(reading.notes),
    )


class _Reading:
    """Reads file after file and gathers the faults and remarks of all."""

    def __init__(self, datum: Datum) -> None:
        self.datum: Datum = datum
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.columns: set[str] = set()
        self.numbers: tuple[int, ...] = ()

    def of(self, file: ImportFile | None, columns: Columns, needed: Sequence[str], reader: Reader) -> Any:
        """Read one file with the reader of its kind; nothing where there is no file."""
        if file is None:
            return []
        try:
            table = open_table(file.name, file.content, columns)
        except UnreadableFile as error:
            self.faults.append(replace(error.fault, file=file.name))
            return []
        self.columns |= table.headers.keys()
        self.numbers = table.numbers
        features, problems, notes = located(table, self.datum)
        read, further = reader(features)
        absent = table.without((*needed, "lon", "lat") if table.flat else needed)
        self.faults += told(
            [*all_problems(table, [*absent, *problems], further), *table.too_long(LONGEST)], file.name
        )
        if "class" in columns.wanted:
            notes += ways_left_out(features)
        self.notes += told([*table.notes, *notes], file.name)
        return read


def read_outlines(features: Iterable[Mapping[str, Any]]) -> tuple[list[Any], list[Problem]]:
    """Read the outlines of communities as pairs of code and shape."""
    areas, problems = read_areas(features)
    return list(areas.items()), problems


def read_courses(features: Features) -> tuple[list[MapFeature], list[Problem]]:
    """Read roads, railways and rivers with their names."""
    barriers, problems = barriers_by_row(features)
    read = []
    for row, barrier in barriers.items():
        properties = features[row - 1]["properties"]
        try:
            width = cells.number(properties.get("width")) or 0.0
        except WrongCell as error:
            problems.append(Problem(row, "width", error.code, error.details))
            continue
        name = cells.text(properties.get("name"))
        read.append(MapFeature(Feature.Kind.BARRIER, barrier.kind, name, barrier.geometry, max(width, 0.0)))
    return read, problems


def read_base(features: Features) -> tuple[list[MapFeature], list[Problem]]:
    """Read what is only drawn: water, parks, fields ..."""
    read, problems = [], []
    for row, feature in enumerate(features, start=1):
        kind = cells.text(feature["properties"].get("kind"))
        geometry, wrong = read_shape(row, feature)
        if kind not in GROUND_KINDS:
            about: dict[str, Detail] = {"value": kind, "allowed": tuple(sorted(GROUND_KINDS))}
            wrong.append(Problem(row, "kind", "unknown" if kind else "missing", about))
        problems += wrong
        if geometry is not None and not wrong:
            read.append(MapFeature(kind, "", cells.text(feature["properties"].get("name")), geometry))
    return read, problems
