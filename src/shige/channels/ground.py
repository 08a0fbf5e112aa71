"""What the map of the place screen needs: where it opens, and the imported ground."""

from typing import Any, Final

from django.db.models import Max, Min

from shige.territory.map_settings import map_config
from shige.territory.models import Building

NEAR: Final = 17
"""Zoom at which a house can be pressed with a thumb."""


def pin_config(lon: float | None, lat: float | None) -> dict[str, Any]:
    """Return the settings of the map: at the place already set, else over all imported buildings."""
    if lon is not None and lat is not None:
        return map_config() | {"center": [lon, lat], "zoom": NEAR}
    edges = Building.objects.aggregate(Min("lon"), Min("lat"), Max("lon"), Max("lat"))
    west, south, east, north = edges.values()
    return map_config() if west is None else map_config((west, south, east, north))
