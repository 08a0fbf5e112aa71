"""A border that somebody draws: read from its points, refused where it can be none (R6)."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ..shapes import METRES_PER_DEGREE

MOST_POINTS: Final = 200
MOST_LINES: Final = 50
DIGITS: Final = 6
"""Of a degree: a tenth of a metre."""


def read_line(text: str) -> LineString:
    """Read a line with a point in each row, longitude first, in degrees (WGS-84).

    Raises
    ------
    ValidationError
        A row is no point, or there are fewer than two points or too many.
    """
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    if len(rows) > MOST_POINTS:
        told = {"count": len(rows), "most": MOST_POINTS}
        raise ValidationError(_("%(count)d points are too many for one border; the most is %(most)d.") % told)
    points = [read_point(number, row) for number, row in enumerate(rows, start=1)]
    kept = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    if len(kept) < 2:
        raise ValidationError(_("A border needs at least two points that differ."))
    return LineString(kept)


def read_point(number: int, row: str) -> tuple[float, float]:
    """Read one point; ``number`` is told where it is none."""
    told = {"row": number, "text": row[:40]}
    try:
        lon, lat = (float(part) for part in row.replace(",", " ").replace("，", " ").split())
    except ValueError as error:
        raise ValidationError(
            _("Row %(row)d, “%(text)s”, is not a longitude and a latitude.") % told
        ) from error
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValidationError(
            _("Row %(row)d, “%(text)s”, lies nowhere on earth; the longitude comes first.") % told
        )
    return round(lon, DIGITS), round(lat, DIGITS)


def area_in(outcome: Mapping[str, Any]) -> list[BaseGeometry]:
    """Return the ground of each community that a plan holds."""
    grids = (grid for grid in outcome["grids"] if grid["level"] == "community")
    return [shapely.from_wkb(bytes.fromhex(grid["geometry"])) for grid in grids]


def check_line(line: LineString, drawn: Iterable[BaseGeometry], areas: Iterable[BaseGeometry]) -> None:
    """Refuse a line that lies outside every area of a plan, or one line more than a plan may have."""
    if not any(line.intersects(area) for area in areas):
        raise ValidationError(_("The border lies outside the area of this plan."))
    if len(list(drawn)) >= MOST_LINES:
        raise ValidationError(_("A plan has at most %(most)d borders drawn by hand.") % {"most": MOST_LINES})


def metres_of(line: BaseGeometry) -> int:
    """Return the length of a line in whole metres."""
    east = math.cos(math.radians(shapely.get_coordinates(line)[0][1]))
    flat = shapely.transform(line, lambda points: points * (east, 1.0))
    return round(shapely.length(flat) * METRES_PER_DEGREE)
