"""What may be read of the register of things: the office's list, and what residents see (R41)."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from shige.trust.gate import COLUMNS, Viewer, visible
from shige.trust.jurisdiction import language, profile
from shige.trust.queries import today

from ..models import Area, Thing
from ..shapes import METRES_PER_DEGREE, around

PAGE: Final = 50
SOON: Final = timedelta(days=30)
NEAR_METRES: Final = 3000.0
NEAREST: Final = 3
"""Of each kind."""


@dataclass(frozen=True, slots=True)
class ThingFilter:
    """What the list is narrowed to; ``due`` is ``overdue``, ``soon`` (within 30 days) or nothing."""

    kind: str = ""
    grid: int | None = None
    due: str = ""
    text: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ThingRow:
    """One thing as a line."""

    code: str
    kind: str
    kind_name: str
    name: str
    place: str
    grid: str
    keeper: str
    lon: float
    lat: float
    inspected_on: date | None
    due_on: date | None
    retired_on: date | None

    @property
    def overdue(self) -> bool:
        """Whether its inspection should have been by now."""
        return self.due_on is not None and self.due_on < today()


def thing_list(viewer: Viewer, wanted: ThingFilter, after: str = "", limit: int = PAGE) -> list[ThingRow]:
    """Return the things that ``viewer`` may see, in the order of their codes. At most two statements."""
    found = seen_things(viewer).filter(retired_on__isnull=not wanted.retired)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.grid is not None:
        level = Area.objects.filter(pk=wanted.grid).values_list("level", flat=True).first() or ""
        found = found.filter(**{COLUMNS[level]: wanted.grid}) if level in COLUMNS else found.none()
    if wanted.due:
        last = today() + (SOON if wanted.due == "soon" else -timedelta(days=1))
        found = found.filter(due_on__lte=last)
    if wanted.text:
        text = wanted.text
        found = found.filter(Q(name__icontains=text) | Q(place__icontains=text) | Q(code__contains=text))
    listed = found.filter(code__gt=after).select_related("leaf", "keeper").order_by("code")[:limit]
    return [row_of(thing) for thing in listed]


def seen_things(viewer: Viewer) -> QuerySet[Thing]:
    """Return the things of the areas of ``viewer``."""
    return Thing.objects.filter(visible(viewer, "thing.see"))


def thing_seen(viewer: Viewer, code: str) -> Thing | None:
    """Return one thing that ``viewer`` may see, with its grid and keeper."""
    return seen_things(viewer).select_related("leaf", "keeper").filter(code=code).first()


def overdue_count(viewer: Viewer) -> int:
    """Count the things whose inspection is overdue. One statement."""
    return seen_things(viewer).filter(due_on__lt=today()).count()


def row_of(thing: Thing) -> ThingRow:
    """Return a thing as a line; needs its grid and keeper loaded."""
    return ThingRow(
        code=thing.code,
        kind=thing.kind,
        kind_name=kind_name(thing.kind),
        name=thing.name,
        place=thing.place,
        grid=thing.leaf.name if thing.leaf else "",
        keeper=thing.keeper.name if thing.keeper else "",
        lon=thing.lon,
        lat=thing.lat,
        inspected_on=thing.inspected_on,
        due_on=thing.due_on,
        retired_on=thing.retired_on,
    )


def kind_name(code: str) -> str:
    """Return the words for a kind; a kind that the profile has dropped stays as it is."""
    try:
        return profile().thing_kind(code).name.in_language(language())
    except KeyError:
        return code


def kind_choices(*, public: bool = False) -> list[tuple[str, str]]:
    """Return the kinds with their words; with ``public`` those that residents see."""
    kinds = [kind for kind in profile().things if kind.public or not public]
    return [(kind.code, kind.name.in_language(language())) for kind in kinds]


@dataclass(frozen=True, slots=True)
class NearThing:
    """A thing as residents see it, and how far it is."""

    name: str
    place: str
    lon: float
    lat: float
    metres: int


def things_near(lon: float, lat: float) -> list[tuple[str, list[NearThing]]]:
    """Return for each public kind, by its name, the nearest things within 3 km of a place. One statement."""
    kinds = dict(kind_choices(public=True))
    west, south, east, north = around(lon, lat, NEAR_METRES)
    found = Thing.objects.filter(
        kind__in=kinds, retired_on=None, lon__range=(west, east), lat__range=(south, north)
    )
    near: dict[str, list[NearThing]] = {code: [] for code in kinds}
    for thing in found:
        metres = round(metres_between(lon, lat, thing.lon, thing.lat))
        near[thing.kind].append(NearThing(thing.name, thing.place, thing.lon, thing.lat, metres))
    return [
        (kinds[code], sorted(things, key=lambda thing: thing.metres)[:NEAREST])
        for code, things in near.items()
        if things
    ]


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the metres between two places that are near to each other."""
    east = (other_lon - lon) * math.cos(math.radians(lat))
    return math.hypot(east, other_lat - lat) * METRES_PER_DEGREE
