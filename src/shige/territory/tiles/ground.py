"""What the base map's tiles show: buildings, roads, water, parks."""

import math
from collections.abc import Iterator
from typing import Final

from shapely import Point, affinity
from shapely.geometry.base import BaseGeometry

from ..models import Building, Feature, PlaceName
from ..places.lines import sign_of
from ..shapes import METRES_PER_DEGREE, from_wkb
from .encoding import Value
from .pyramid import Drawn

ZOOMS: Final = range(10, 17)
BUILDINGS_FROM: Final = 14
NAMES_FROM: Final = 14
NUMBERS_FROM: Final = 16
SIGNED: Final = (PlaceName.Kind.COMPOUND, PlaceName.Kind.LANDMARK)
RIVER_METRES: Final = 16.0
"""Width of a river of which only the middle line is known."""

GREEN: Final = frozenset({Feature.Kind.PARK, Feature.Kind.GREEN, Feature.Kind.FIELD, Feature.Kind.PITCH})
LESSER_ROADS: Final = frozenset({"minor", "path"})


def base_things() -> Iterator[Drawn]:
    """Yield everything that lies under the grids."""
    for feature in Feature.objects.order_by("pk").iterator(1000):
        yield from drawn_feature(feature)
    for house in Building.objects.select_related("compound").order_by("pk").iterator(1000):
        compound = house.compound.name if house.compound else ""
        properties: dict[str, Value] = {
            "id": house.unit,
            "use": house.use,
            "compound": compound,
            "floors": house.floors,
            "address": house.address,
        }
        shape = from_wkb(house.shape)
        yield Drawn("building", shape, properties, BUILDINGS_FROM)
        if sign := sign_of(house.address, compound):
            yield Drawn("building_label", shape.representative_point(), {"name": sign}, NUMBERS_FROM)
    for name in PlaceName.objects.filter(kind__in=SIGNED).order_by("pk").iterator(1000):
        yield Drawn(f"{name.kind}_label", Point(name.lon, name.lat), {"name": name.text}, NAMES_FROM)


def drawn_feature(feature: Feature) -> Iterator[Drawn]:
    """Yield a road, river, water or green as its layer knows it."""
    shape = from_wkb(feature.shape)
    named = {"name": feature.name}
    if feature.kind == Feature.Kind.WATER:
        yield Drawn("water", shape, named)
    elif feature.kind == Feature.Kind.BARRIER and feature.grade == "river":
        yield Drawn("water", shape if shape.area else broadened(shape, feature.width or RIVER_METRES), named)
    elif feature.kind in {Feature.Kind.BARRIER, Feature.Kind.PATH}:
        grade = feature.grade or feature.kind
        yield Drawn("road", shape, {"class": grade, **named}, 13 if grade in LESSER_ROADS else 0)
    elif feature.kind in GREEN:
        yield Drawn("park", shape, {"kind": feature.kind, **named})


def broadened(line: BaseGeometry, metres: float) -> BaseGeometry:
    """Give a line in degrees a width."""
    squeeze = math.cos(math.radians(line.centroid.y))
    origin = (0.0, 0.0)
    flat = affinity.scale(line, squeeze, 1.0, origin=origin).buffer(metres / 2 / METRES_PER_DEGREE)
    return affinity.scale(flat, 1 / squeeze, 1.0, origin=origin)
