"""What is known already where a resident is about to report something (R25): nothing personal.

Shown are open matters of categories that the profile calls joinable, never confidential or dangerous ones.
A place is told by its building only where at least as many doors share it as the profile's
``suppress_under`` asks for, else by its grid: in a house of two families a matter would tell who reported it,
and so would its distance (P8). What is told is also all that decides whether a matter is shown: the building,
or the grid. So asking again and again from other places finds no pin. How many follow is told from
``suppress_under`` on. Of the words nothing is shown but what an office has written itself for everybody.
"""

import hmac
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from shige.territory.models import Building
from shige.trust.jurisdiction import profile

from ... import clock
from ...categories import category_name
from ...codes import keyed
from ...filing.location import location_of
from ...models import Matter
from ...report import Place
from ...workflow.workflows import state_label
from ..nearby import RECENT, Spot, beside, lies_at, metres_between

SHOWN: Final = 5
LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """One known matter as a neighbour sees it; ``reference`` names it to ``join`` and to nothing else.

    ``summary`` is the office's own, or empty. ``metres`` is the distance in tens, 0 in the
    same building, None where the place is told by its grid.
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
    metres: int | None
    followers: int | None


def known_nearby(category: str, place: Place) -> list[Known]:
    """Return what neighbours may see of open matters of ``category`` at a place.

    First what lies in a building near it, then what is told by the grid of the place; the newest first.
    Three statements at most in a grid; none for a category that is not shown to neighbours.
    """
    if not may_be_shown(category) or place.only_words:
        return []
    try:
        here = location_of(place)
    except ValidationError:
        return []
    if here.lon is None or here.lat is None:
        return []
    spot = Spot(here.lon, here.lat, here.building)
    in_grid = Q(shared=False, leaf=here.lineage.leaf) if here.lineage.leaf is not None else Q(pk=None)
    open_here = Matter.objects.annotate(shared=_in_shared_building()).filter(
        Q(beside(spot, "building__"), shared=True) | in_grid,
        category=category,
        open=True,
        confidential=False,
        sealed=0,
        reported_at__gte=clock.now() - RECENT,
    )
    found = open_here.select_related("building", "leaf", "street", "summary").defer("words", "gist")
    found = found.annotate(joined=Count("joinings", distinct=True), taken_in=Count("merged", distinct=True))
    newest = found.order_by("-shared", "-reported_at")[:LOOKED_AT]
    return [_known(matter, spot) for matter in newest if not matter.shared or _is_near(matter, spot)][:SHOWN]


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


def _in_shared_building() -> Any:
    """Return the expression of ``_is_shared`` for the building of a matter; false where it has none."""
    doors = Coalesce(F("building__households") + F("building__shops"), 0)
    enough = GreaterThanOrEqual(doors, profile().suppress_under)
    return ExpressionWrapper(enough, output_field=BooleanField())


def _is_near(matter: Matter, spot: Spot) -> bool:
    house = matter.building
    return house is not None and lies_at(spot, house.lon, house.lat, house.pk)


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


def _metres(matter: Any, spot: Spot) -> int | None:
    """Return the distance to its building in tens of metres; none where only the grid is told."""
    if not matter.shared:
        return None
    if matter.building_id == spot.building:
        return 0
    return 10 * math.ceil(metres_between(spot, matter.building.lon, matter.building.lat) / 10)
