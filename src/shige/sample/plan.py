"""What a sample plan is made of, and its GeoJSON in the columns that every import reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from shapely.geometry import LineString, Polygon, mapping
from shapely.geometry.base import BaseGeometry

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city, district, street or community; `code` has 2, 4, 6, 9 or 12 digits."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Area:
    """The ground of one community."""

    community: str
    name: str
    kind: str  # urban | rural
    shape: Polygon


@dataclass(frozen=True, slots=True)
class Unit:
    """One building with its doors."""

    id: str
    community: str
    address: str
    compound: str | None
    use: str  # residential | shop | office | market | park
    households: int
    shops: int
    floors: int
    entrances: int
    lift: bool
    manager: str | None
    group: str | None  # villagers' group (村民小组)
    rural: bool
    shape: Polygon


@dataclass(frozen=True, slots=True)
class Barrier:
    """A road or river by its middle line."""

    name: str
    kind: str  # primary | secondary | tertiary | minor | river
    width: float
    shape: LineString


@dataclass(frozen=True, slots=True)
class DrawnGround:
    """What is only drawn: water, park, green, field, pitch, path, and compound (inside its wall)."""

    kind: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole fictional street; every shape in WGS-84 longitude and latitude."""

    divisions: tuple[Division, ...]
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    barriers: tuple[Barrier, ...]
    base: tuple[DrawnGround, ...]

    @property
    def street(self) -> Division:
        """The street (街道) that the plan draws."""
        return next(division for division in self.divisions if len(division.code) == 9)


def to_geojson(plan: Plan) -> dict[str, Feature]:
    """Return the FeatureCollections `units`, `barriers`, `areas` and `base` of a plan.

    `units` has the columns of `shige import units`; `barriers` has `class` beside `name` and `width` (m).
    """
    return {
        "units": _collection(plan.units),
        "barriers": _collection(plan.barriers, {"kind": "class"}),
        "areas": _collection(plan.areas),
        "base": _collection(plan.base),
    }


def _collection(records: Iterable[Any], rename: dict[str, str] | None = None) -> Feature:
    names = rename or {}
    features = []
    for record in records:
        columns = {names.get(key, key): value for key, value in asdict(record).items() if key != "shape"}
        features.append({"type": "Feature", "geometry": mapping(record.shape), "properties": columns})
    return {"type": "FeatureCollection", "features": features}
