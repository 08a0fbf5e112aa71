"""Find the grid of a place: what every matter needs at once (R21, R29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import F, FloatField, Func, Value
from shapely import Point

from shige.trust.gate import Lineage
from shige.trust.queries import today

from ..lineage import LEAF_LEVELS, lineage_of_version
from ..models import Building, GridVersion, Outline
from ..shapes import around, from_wkb, metres_from
from .near import House, Piece, house_of, houses_near

NEAR_METRES: Final = 30.0
"""A place this near to a building is taken to mean the building: pins are dropped on the street."""


REACH_METRES: Final = 500.0
"""How far from a building its street answers where nobody has drawn an outline."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place inside the grids: its leaf grid and line of areas, and the building nearest to it if near."""

    lineage: Lineage
    code: str
    name: str
    building: int | None
    address: str


def locate(
    lon: float,
    lat: float,
    building: int | None = None,
    entrance: int | None = None,
    floor: int | None = None,
) -> Located | None:
    """Return where a place (WGS-84 degrees) lies today, or None outside every grid.

    A building that is named, or else the nearest one within 30 m, decides; its leaf grid is the one that
    holds the entrance and floor. Where a building is shared among grids and neither is given, it is the
    grid of its first entrance and lowest floor. Away from buildings the grids' polygons decide. At most
    two statements.
    """
    house = house_of(building) if building is not None else nearest_house(lon, lat)
    piece = pick(house.pieces, entrance, floor) if house else None
    if house and piece:
        return Located(piece.lineage, piece.code, piece.name, house.pk, house.address)
    version = leaf_of_point(lon, lat)
    if version is None:
        return None
    grid = version.area
    return Located(
        lineage_of_version(version),
        grid.code,
        grid.name,
        house.pk if house else None,
        house.address if house else grid.name,
    )


def middle_of(code: str) -> tuple[float, float] | None:
    """Return a place inside the grid of a code, as its notice sign means it; None where none holds today."""
    version = GridVersion.objects.filter(area__code=code, valid__contains=today()).first()
    if version is None:
        return None
    inside = from_wkb(version.shape).representative_point()
    return inside.x, inside.y


def street_of(lon: float, lat: float) -> int | None:
    """Return the id of the street that a place outside every grid belongs to; None in an empty database.

    The community whose outline holds the place decides, else the nearest building. Two statements.
    """
    point = Point(lon, lat)
    outlines = Outline.objects.filter(box__overlaps=(lon, lat, lon, lat)).select_related("area")
    for outline in outlines:
        if from_wkb(outline.shape).covers(point):
            return outline.area.street_id
    nearest = Building.objects.order_by(distance_to(lon, lat)).values_list("community__street_id", flat=True)
    return nearest.first()


def in_jurisdiction(lon: float, lat: float) -> bool:
    """Say whether a place lies in a grid, in the outline of a community, or near a known building.

    Where no outline is known, a building within 500 m decides; an empty database refuses nothing.
    """
    if locate(lon, lat) is not None:
        return True
    point = Point(lon, lat)
    outlines = Outline.objects.filter(box__overlaps=(lon, lat, lon, lat)).values_list("shape", flat=True)
    if any(from_wkb(shape).covers(point) for shape in outlines):
        return True
    if Outline.objects.exists():
        return False
    near = Building.objects.filter(box__overlaps=around(lon, lat, REACH_METRES)).exists()
    return near or not Building.objects.exists()


def building_by_unit(unit: str) -> Building | None:
    """Return the building with this imported id, as its QR link names it."""
    return Building.objects.filter(unit=unit).first()


def named_building(pk: int) -> Building | None:
    """Return a building by its key."""
    return Building.objects.filter(pk=pk).first()


def nearest_house(lon: float, lat: float) -> House | None:
    """Return the building that holds a point, or the nearest one within ``NEAR_METRES``."""
    candidates = houses_near(lon, lat, NEAR_METRES)
    by_distance = sorted((metres_from(lon, lat, house.shape), house.pk, house) for house in candidates)
    return by_distance[0][2] if by_distance and by_distance[0][0] <= NEAR_METRES else None


def pick(pieces: Iterable[Piece], entrance: int | None, floor: int | None) -> Piece | None:
    """Return the piece that holds entrance and floor, else the first from below."""
    ordered = sorted(pieces, key=lambda piece: (piece.entrances.start, piece.floors.start))
    fitting = (
        piece
        for piece in ordered
        if (entrance is None or entrance in piece.entrances) and (floor is None or floor in piece.floors)
    )
    return next(fitting, ordered[0] if ordered else None)


def leaf_of_point(lon: float, lat: float) -> GridVersion | None:
    """Return the leaf grid whose polygon holds a point; of grids stacked there, the lowest code."""
    point = Point(lon, lat)
    near = GridVersion.objects.filter(
        valid__contains=today(), level__in=LEAF_LEVELS, box__overlaps=(lon, lat, lon, lat)
    )
    for version in near.select_related("area", "parent").order_by("area__code"):
        if from_wkb(version.shape).covers(point):
            return version
    return None


def distance_to(lon: float, lat: float) -> Func:
    """Return the expression by which the nearest boxes come first, by index (degrees)."""
    point = Func(Value(lon), Value(lat), function="point")
    return Func(F("box"), point, arg_joiner=" <-> ", template="(%(expressions)s)", output_field=FloatField())
