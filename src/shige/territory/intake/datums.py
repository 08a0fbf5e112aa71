"""Which datum a file's coordinates are in, and turning them all into WGS-84."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

from shige.geo.datum import Datum, to_wgs84

from .faults import Fault
from .tables import Table

NAMES: Final[Mapping[str, Datum]] = {
    "wgs84": "wgs84",
    "epsg4326": "wgs84",
    "crs84": "wgs84",
    "cgcs2000": "wgs84",
    "epsg4490": "wgs84",
    "gcj02": "gcj02",
    "火星坐标": "gcj02",
    "高德": "gcj02",
    "bd09": "bd09",
    "百度": "bd09",
}
"""CGCS2000 and WGS-84 differ by centimetres: for this purpose they are one."""


def datum_named(name: str) -> Datum | None:
    """Return the datum that a name such as ``urn:ogc:def:crs:OGC:1.3:CRS84`` or ``GCJ-02`` means."""
    plain = re.sub(r"[\s_:./-]", "", name.lower())
    return next((datum for word, datum in NAMES.items() if plain.endswith(word)), None)


def in_wgs84(table: Table, declared: Datum) -> tuple[tuple[Mapping[str, Any], ...], list[Fault]]:
    """Return the table's features in WGS-84, and what is wrong with the datums that it names.

    A file has one datum. Whatever the file itself says, as a whole or row by row, must agree with what
    is declared: a mixture would put buildings 500 m from where they are.
    """
    faults = list(disagreements(table, declared))
    if faults or declared == "wgs84":
        return table.features, faults
    return tuple(shifted(feature, declared) for feature in table.features), []


def disagreements(table: Table, declared: Datum) -> Iterator[Fault]:
    """Yield a fault for each place where the file names another datum than the declared one."""
    if table.datum and datum_named(table.datum) != declared:
        yield Fault(0, "crs", said_otherwise(table.datum, declared))
    header = table.headers.get("datum", "datum")
    for number, feature in enumerate(table.features, start=table.first):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        said = str((properties or {}).get("datum") or "").strip()
        if said and datum_named(said) != declared:
            yield Fault(number, header, said_otherwise(said, declared))


def said_otherwise(said: str, declared: Datum) -> str:
    """Say that a file mixes datums, and what to do."""
    if datum_named(said) is None:
        return _("The datum %(said)s is not known; use WGS-84, CGCS2000, GCJ-02 or BD-09.") % {"said": said}
    told = {"said": said, "declared": declared}
    return _("This says %(said)s, but the file was declared as %(declared)s: one file, one datum.") % told


def shifted(feature: Mapping[str, Any], datum: Datum) -> Mapping[str, Any]:
    """Return a feature in WGS-84; a shape that cannot be read stays for the reading to name."""
    if not isinstance(feature, Mapping) or not feature.get("geometry"):
        return feature
    try:
        geometry = shapely.force_2d(shape(feature["geometry"]))
        moved = shapely.transform(
            geometry, lambda points: np.column_stack(to_wgs84(points[:, 0], points[:, 1], datum))
        )
    except Exception:  # shapely raises many kinds for shapes that are no shapes
        return feature
    return {**feature, "geometry": mapping(moved)}
