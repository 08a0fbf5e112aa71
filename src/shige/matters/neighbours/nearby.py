"""Which matters lie at one place: in the same building, or within 50 m of it."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from shige.territory.shapes import METRES_PER_DEGREE, around

from ..models import Matter

NEAR_METRES: Final = 50.0
RECENT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: WGS-84 degrees, and the building if it is one."""

    lon: float
    lat: float
    building: int | None = None


def spot_of(matter: Matter) -> Spot | None:
    """Return where a matter lies; None where that is not known."""
    if matter.lon is None or matter.lat is None:
        return None
    return Spot(matter.lon, matter.lat, matter.building_id)


def beside(spot: Spot, point: str = "") -> Q:
    """Return the filter of what may lie at ``spot``; ``lies_at`` cuts the corners of the box off.

    ``point`` is the path from a matter to what has the point: ``building__`` asks where its building stands.
    """
    west, south, east, north = around(spot.lon, spot.lat, NEAR_METRES)
    near = Q((f"{point}lat__range", (south, north)), (f"{point}lon__range", (west, east)))
    return near if spot.building is None else near | Q(building=spot.building)


def lies_at(spot: Spot, lon: float | None, lat: float | None, building: int | None) -> bool:
    """Say whether a place is the same building, or not more than ``NEAR_METRES`` away."""
    if building is not None and building == spot.building:
        return True
    return metres_between(spot, lon, lat) <= NEAR_METRES


def metres_between(spot: Spot, lon: float | None, lat: float | None) -> float:
    """Return how far a place is from ``spot``, in metres; infinity where it has no point."""
    if lon is None or lat is None:
        return math.inf
    east = (lon - spot.lon) * math.cos(math.radians(spot.lat))
    return math.hypot(east, lat - spot.lat) * METRES_PER_DEGREE
