"""Service points as signs of a map."""

from collections.abc import Iterable

from django.urls import reverse

from .queries import Point


def points_on_map(points: Iterable[Point], page: str) -> list[dict[str, object]]:
    """Return points as the map's script takes them; each leads to its own ``page``."""
    return [
        {
            "at": [point.lon, point.lat],
            "title": f"{point.kind_name} {point.name}",
            "url": reverse(page, args=[point.pk]),
        }
        for point in points
    ]
