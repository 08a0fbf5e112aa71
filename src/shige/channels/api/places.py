"""The public search for a place: what a report, a map or another program asks for an address."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from shige.territory.places import find_places

from ..rates import address_of, count_request

router = Router(tags=["public"])

SEARCHES: int = 20
"""Searches for each request that the public rate allows: whoever types an address asks many times."""


class PlaceQuery(Schema):
    """What somebody wrote, and where they stand, if they want to say."""

    q: Annotated[str, Query(max_length=400)]
    lon: Annotated[float | None, Query(ge=-180, le=180)] = None
    lat: Annotated[float | None, Query(ge=-90, le=90)] = None


class PlaceOut(Schema):
    """One place: a building, a compound as a whole, or a landmark; never who or how many live there."""

    address: str = Field(description="address of the building, or name of the compound or landmark")
    compound: str | None = Field(description="compound in which it lies; null outside every compound")
    lon: float = Field(description="WGS-84 degrees")
    lat: float


@router.get("/places", response=list[PlaceOut], auth=None, url_name="places", summary="Find a place")
def places(request: HttpRequest, wanted: Annotated[PlaceQuery, Query()]) -> list[dict[str, Any]]:
    """Return at most ten places that a text may mean, likeliest first.

    The text may be an address in any spelling (海棠苑3栋2单元501, 海棠苑三栋, hty3d), a compound alone, a
    street with a number, or a landmark. ``lon`` and ``lat`` (WGS-84) let the nearest of places named alike
    come first.
    """
    count_request("places", address_of(request), SEARCHES)
    near = None if wanted.lon is None or wanted.lat is None else (wanted.lon, wanted.lat)
    return [
        {"address": place.address, "compound": place.compound or None, "lon": place.lon, "lat": place.lat}
        for place in find_places(wanted.q, near)
    ]
