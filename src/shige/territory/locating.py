"""Find the grid of a place: what every matter needs at once (R21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import F, FloatField, Func, Value
from shapely import Point

from shige.trust.gate import Lineage
from shige.trust.queries import today

from .lineage import LEAF_LEVELS, lineage_of_version
from .models import Building, GridVersion, Outline
from .shapes import around, from_wkb, metres_from

NEAR_METRES: Final = 30.0
"""A place this near to a building is taken to mean the building: pins are dropped on the street."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place inside the grids: its line of areas, and the building nearest to it if one is near."""

    lineage: Lineage
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
    three statements.
    """
    house = named_building(building) if building is not None else nearest_building(lon, lat)
    version = leaf_of_door(house.pk, entrance, floor) if house else None
    if version is None:
        version = leaf_of_point(lon, lat)
    if version is None:
        return None
    return Located(
        lineage_of_version(version),
        house.pk if house else None,
        house.address if house else version.area.name,
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


def find_address(text: str, limit: int = 10) -> list[Building]:
    """Return buildings whose address or compound holds every word of ``text``."""
    found = Building.objects.filter(words__has_words=text) if text.strip() else Building.objects.none()
    return list(found.select_related("compound").order_by("address", "pk")[:limit])


def building_by_unit(unit: str) -> Building | None:
    """Return the building with this imported id, as its QR link names it."""
    return Building.objects.filter(unit=unit).first()


def named_building(pk: int) -> Building | None:
    """Return a building by its key."""
    return Building.objects.filter(pk=pk).first()


def nearest_building(lon: float, lat: float) -> Building | None:
    """Return the building that holds a point, or the nearest one within ``NEAR_METRES``."""
    candidates = Building.objects.filter(box__overlaps=around(lon, lat, NEAR_METRES)).defer("words")
    by_distance = sorted(
        (metres_from(lon, lat, from_wkb(house.shape)), house.pk, house) for house in candidates
    )
    return by_distance[0][2] if by_distance and by_distance[0][0] <= NEAR_METRES else None


def leaf_of_door(building: int, entrance: int | None, floor: int | None) -> GridVersion | None:
    """Return the leaf grid of a door of the building; parts of a place that is not known are left out."""
    placed = GridVersion.objects.filter(
        valid__contains=today(),
        area__placements__building=building,
        area__placements__valid__contains=today(),
    )
    pieces = placed.annotate(
        entrances=F("area__placements__entrances"), storeys=F("area__placements__floors")
    ).select_related("area", "parent")
    return pick(pieces, entrance, floor)


def pick(pieces: Iterable[GridVersion], entrance: int | None, floor: int | None) -> GridVersion | None:
    """Return the piece that holds entrance and floor, else the first from below."""
    ordered = sorted(pieces, key=lambda piece: (piece.entrances.lower, piece.storeys.lower))  # type: ignore[attr-defined]
    fitting = [
        piece
        for piece in ordered
        if (entrance is None or entrance in piece.entrances) and (floor is None or floor in piece.storeys)  # type: ignore[attr-defined]
    ]
    return next(iter(fitting or ordered), None)


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
