"""Buildings near a place, with the leaf grids of their doors: one statement.

It is what every filing asks, so it is written out: composing it took longer than answering it, and Django
would read the outlines of all these grids along with it.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from shapely.geometry.base import BaseGeometry

from shige.trust.gate import Lineage
from shige.trust.queries import today

from ..shapes import around, from_wkb

GROUND: Final = """
SELECT building.id, building.address, building.shape,
       coalesce(lower(placement.entrances), 0), coalesce(upper(placement.entrances), 32767),
       coalesce(lower(placement.floors), 0), coalesce(upper(placement.floors), 32767),
       area.id, area.code, area.name, area.district_id, area.street_id, version.community_id,
       CASE parent.level WHEN 'general' THEN parent.id END
FROM territory_building AS building
LEFT JOIN (
    territory_placement AS placement
    JOIN territory_gridversion AS version ON version.area_id = placement.leaf_id AND version.valid @> %s::date
    JOIN territory_area AS area ON area.id = version.area_id
    LEFT JOIN territory_area AS parent ON parent.id = version.parent_id
) ON placement.building_id = building.id AND placement.valid @> %s::date
"""
NEAR: Final = GROUND + "WHERE building.box && %s::box"
NAMED: Final = GROUND + "WHERE building.id = %s"
LEAF: Final = 7
"""Where the id of the leaf grid stands in a row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Doors of a building in a leaf grid: its entrances and floors, and the line of areas of the grid."""

    entrances: range
    floors: range
    code: str
    name: str
    lineage: Lineage


@dataclass(frozen=True, slots=True)
class House:
    """A building near a place, and the pieces in which grids share it today; none where none holds it."""

    pk: int
    address: str
    shape: BaseGeometry
    pieces: tuple[Piece, ...]


def houses_near(lon: float, lat: float, metres: float) -> list[House]:
    """Return the buildings whose boxes lie within ``metres`` of a place (WGS-84 degrees)."""
    west, south, east, north = around(lon, lat, metres)
    return _houses(NEAR, f"({east},{north}),({west},{south})")


def house_of(building: int) -> House | None:
    """Return a building by its key."""
    return next(iter(_houses(NAMED, building)), None)


def _houses(statement: str, which: int | str) -> list[House]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [today(), today(), which])
        rows = cursor.fetchall()
    found = {row[0]: row for row in rows}
    pieces: dict[int, list[Piece]] = {pk: [] for pk in found}
    for row in rows:
        if row[LEAF] is not None:
            pieces[row[0]].append(_piece(*row[3:]))
    return [House(pk, row[1], from_wkb(row[2]), tuple(pieces[pk])) for pk, row in found.items()]


def _piece(low: int, high: int, first: int, end: int, leaf: int, code: str, name: str, *above: Any) -> Piece:
    district, street, community, general = above
    line = Lineage(district, street, community, general, leaf)
    return Piece(range(low, high), range(first, end), code, name, line)
