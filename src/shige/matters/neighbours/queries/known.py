"""What is known already where a resident is about to report something (R25): nothing personal.

Shown are open matters of categories that the profile calls joinable, never confidential or dangerous ones.
A place is told by its building only where at least as many doors share it as the profile's
``suppress_under`` asks for, else by its grid: in a house of two families a matter would tell who reported it,
and so would its distance (P8). How many follow is told from ``suppress_under`` on. Of the words nothing is
shown but what an office has written itself for everybody.
"""

import hmac
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count

from shige.territory.models import Building
from shige.territory.places.location import named_building, nearest_house
from shige.trust.jurisdiction import profile

from ... import clock
from ...categories import category_name
from ...codes import keyed
from ...models import Matter
from ...report import Place
from ...workflow.workflows import state_label
from ..nearby import NEAR_METRES, RECENT, Spot, beside, lies_at, metres_between

SHOWN: Final = 5
LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """One known matter as a neighbour sees it; ``reference`` names it to ``join`` and to nothing else.

    ``summary`` is the office's own, or empty. ``metres`` is the distance in tens, 0 at the same place.
    ``followers`` is None where they are too few to be told.
    """

    key: int
    reference: str
    category: str
    place: str
    state: str
    state_label: str
    reported_at: datetime
    resolve_by: datetime
    summary: str
    metres: int
    followers: int | None


def known_nearby(category: str, place: Place) -> list[Known]:
    """Return what neighbours may see of open matters of ``category`` at a place, the newest first.

    ``place`` names a building or is a point in WGS-84 degrees. Two statements; none for a category that is
    not shown to neighbours.
    """
    if not may_be_shown(category):
        return []
    spot = _spot(place)
    if spot is None:
        return []
    open_here = Matter.objects.filter(
        beside(spot),
        category=category,
        open=True,
        confidential=False,
        sealed=0,
        reported_at__gte=clock.now() - RECENT,
    )
    found = open_here.select_related("building", "leaf", "street", "summary").defer("words", "gist")
    found = found.annotate(joined=Count("joinings", distinct=True), taken_in=Count("merged", distinct=True))
    newest = found.order_by("-reported_at")[:LOOKED_AT]
    here = [found for found in newest if lies_at(spot, found.lon, found.lat, found.building_id)]
    return [_known(matter, spot) for matter in here[:SHOWN]]


def may_be_shown(category: str) -> bool:
    """Say whether open matters of a category are shown to neighbours; a code that is unknown never is."""
    try:
        return profile().category(category).shown_to_neighbours
    except KeyError:
        return False


def referred_to(known: list[Known], reference: str) -> Known | None:
    """Return the one of these that a form names."""
    given = reference.encode()
    return next((one for one in known if hmac.compare_digest(one.reference.encode(), given)), None)


def place_words(matter: Matter) -> str:
    """Return the place of a matter as anybody may read it; needs building, leaf and street loaded."""
    house = matter.building
    if house is not None and _is_shared(house):
        return house.address
    area = matter.leaf or matter.street
    return area.name if area else ""


def _is_shared(house: Building) -> bool:
    """Say whether so many doors share a building that its address points to nobody."""
    return house.households + house.shops >= profile().suppress_under


def _known(matter: Any, spot: Spot) -> Known:
    followers = matter.joined + matter.taken_in
    return Known(
        key=matter.pk,
        reference=keyed("known", str(matter.pk).encode())[:10].hex(),
        category=category_name(matter.category),
        place=place_words(matter),
        state=matter.state,
        state_label=state_label(matter.kind, matter.state),
        reported_at=matter.reported_at,
        resolve_by=matter.resolve_by,
        summary=matter.summary.words if hasattr(matter, "summary") else "",
        metres=_metres(matter, spot),
        followers=followers if followers >= profile().suppress_under else None,
    )


def _metres(matter: Matter, spot: Spot) -> int:
    """Return the distance in tens of metres; where it would point to a home of few, only how far at most."""
    if matter.building is None or not _is_shared(matter.building):
        return int(NEAR_METRES)
    if matter.building_id == spot.building:
        return 0
    return 10 * math.ceil(metres_between(spot, matter.lon, matter.lat) / 10)


def _spot(place: Place) -> Spot | None:
    if place.building is not None:
        named = named_building(place.building)
        return Spot(named.lon, named.lat, named.pk) if named else None
    if place.lon is None or place.lat is None:
        return None
    house = nearest_house(place.lon, place.lat)
    return Spot(place.lon, place.lat, house.pk if house else None)
