"""What the grids' tiles show: the polygons of every level in force, and a point for the name of each."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from ..computation.reasons import in_words
from ..grids.names import label_of
from ..grids.queries.grids import in_force
from ..grids.queries.people import with_staff
from ..models import Area, GridVersion
from ..shapes import Box, from_wkb
from .encoding import Value
from .pyramid import Drawn

ZOOMS: Final = range(10, 17)
FROM_ZOOM: Final = {Area.Level.GENERAL: 11, Area.Level.MICRO: 12, Area.Level.EXCLUSIVE: 12}
LABEL_FROM: Final = {
    Area.Level.COMMUNITY: 11,
    Area.Level.GENERAL: 12,
    Area.Level.MICRO: 14,
    Area.Level.EXCLUSIVE: 13,
}


def grid_things() -> Iterator[Drawn]:
    """Yield every grid in force and its name's place; grids are public."""
    yield from things_of(with_staff(in_force()))


def things_in(box: Box, on: date) -> Iterator[Drawn]:
    """Yield the grids of a day around a tile."""
    yield from things_of(with_staff(in_force(on).filter(box__overlaps=box), on))


def things_of(found: "QuerySet[GridVersion]") -> Iterator[Drawn]:
    """Yield the areas of versions and the places of their names."""
    versions = found.select_related("area", "parent").order_by("area__code")
    for version in versions.iterator(500):
        shape = from_wkb(version.shape)
        properties = properties_of(version)
        yield Drawn(version.level, shape, properties, FROM_ZOOM.get(Area.Level(version.level), 0))
        yield Drawn(
            f"{version.level}_label",
            shape.representative_point(),
            properties,
            LABEL_FROM[Area.Level(version.level)],
        )


def properties_of(version: Any) -> dict[str, Value]:
    """Return what the map says of a grid. ``staff`` is as of the making of the tiles, daily."""
    return {
        "code": version.area.code,
        "name": version.called,
        "label": label_of(version.level, version.called),
        "parent": version.parent.code,
        "households": version.households,
        "shops": version.shops,
        "hours": round(version.hours, 1),
        "staff": int(version.staffed),
        "broken": "；".join(in_words(found).what for found in version.broken),
        "stacked": version.floors,
    }
