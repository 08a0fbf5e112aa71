"""Grids in force: the list beside the map, figures by level, and the public features."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from shapely.geometry import mapping

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ...computation.reasons import Broken, in_words
from ...models import Area, GridVersion
from ...shapes import Box, from_wkb
from .faults import FAULTS, faulty
from .people import Team, teams_of, with_staff, with_workers

LEVELS: Final = (Area.Level.COMMUNITY, Area.Level.GENERAL, Area.Level.MICRO, Area.Level.EXCLUSIVE)
PAGE: Final = 50
CHANGES_SHOWN: Final = 20
MANY: Final = "2"
"""In a filter by people in office: two or more."""


@dataclass(frozen=True, slots=True)
class GridFilter:
    """What the list shows; empty fields filter nothing."""

    level: str = ""
    broken: bool = False
    vacant: bool = False
    text: str = ""
    on: date | None = None
    community: str = ""
    fault: str = ""
    workers: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A grid in force, as a list shows it."""

    pk: int
    code: str
    name: str
    level: str
    parent: str
    households: int
    shops: int
    hours: float
    floors: str
    broken: tuple[Broken, ...]
    vacant: bool
    box: Box


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """How many grids of a level there are, with their doors, and how many need attention."""

    level: str
    grids: int
    households: int
    shops: int
    broken: int
    vacant: int


def in_force(on: date | None = None) -> "QuerySet[GridVersion]":
    """Return the versions of grids that hold on a day, today where none is given."""
    return GridVersion.objects.filter(valid__contains=on or today())


def days_of_change(viewer: Viewer) -> list[date]:
    """Return the days from which grids around the viewer began to hold, the newest first. One statement."""
    begun = GridVersion.objects.filter(around(viewer)).values_list("valid__startswith", flat=True)
    return list(begun.distinct().order_by("-valid__startswith")[:CHANGES_SHOWN])


def around(viewer: Viewer) -> Q:
    """Return the filter on versions that leaves the grids of the streets or districts where one works.

    Grids are public; this only spares people the rest of the city.
    """
    if viewer.system or any(scope.level in {"province", "city"} for scope in viewer.scopes):
        return Q()
    districts = [scope.area for scope in viewer.scopes if scope.level == Area.Level.DISTRICT]
    streets = Area.objects.filter(pk__in=[scope.area for scope in viewer.scopes]).values("street")
    return Q(area__district__in=districts) | Q(area__street__in=streets)


def grid_list(viewer: Viewer, wanted: GridFilter, after: str = "", limit: int = PAGE) -> list[GridRow]:
    """Return a page of grids in the order of their codes, beginning after a code. One statement."""
    found = filtered(viewer, wanted).filter(area__code__gt=after)
    versions = found.select_related("area", "parent").defer("shape").order_by("area__code")[:limit]
    return [row_of(version) for version in versions]


def grid_count(viewer: Viewer, wanted: GridFilter) -> int:
    """Return how many grids the filter leaves."""
    return filtered(viewer, wanted).count()


def filtered(viewer: Viewer, wanted: GridFilter) -> "QuerySet[GridVersion]":
    """Return the grids around the viewer that fit the filter."""
    found = with_staff(in_force(wanted.on).filter(around(viewer)), wanted.on)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.broken:
        found = found.exclude(broken=[])
    if wanted.vacant:
        found = found.filter(Q(staffed=False))
    if wanted.community:
        found = found.filter(community__code=wanted.community)
    if wanted.workers:
        many = Q(workers__gt=1) if wanted.workers == MANY else Q(workers=int(wanted.workers))
        found = with_workers(found, wanted.on).filter(many)
    if wanted.fault:
        found = found.filter(faulty(FAULTS[wanted.fault], profile().grids))
    if wanted.text:
        found = found.filter(Q(area__name__icontains=wanted.text) | Q(area__code__startswith=wanted.text))
    return found


def row_of(version: Any) -> GridRow:
    """Return a version with its staff as a row; needs ``area`` and ``parent`` loaded."""
    return GridRow(
        pk=version.area_id,
        code=version.area.code,
        name=version.called,
        level=version.level,
        parent=version.parent.code,
        households=version.households,
        shops=version.shops,
        hours=version.hours,
        floors=version.floors,
        broken=tuple(in_words(found) for found in version.broken),
        vacant=not version.staffed,
        box=version.box,
    )


def level_figures(viewer: Viewer, on: date | None = None) -> list[LevelFigures]:
    """Count the grids around the viewer by level. One statement."""
    rows = (
        with_staff(in_force(on).filter(around(viewer)), on)
        .values("level")
        .annotate(
            grids=Count("pk"),
            doors=Sum("households"),
            trade=Sum("shops"),
            faulty=Count("pk", filter=~Q(broken=[])),
            empty=Count("pk", filter=Q(staffed=False)),
        )
    )
    by_level = {row["level"]: row for row in rows}
    return [
        LevelFigures(level, row["grids"], row["doors"], row["trade"], row["faulty"], row["empty"])
        for level in LEVELS
        if (row := by_level.get(level))
    ]


def ground_box(viewer: Viewer, on: date | None = None) -> Box | None:
    """Return the box around the community grids where one works; None before any plan is in force."""
    boxes = in_force(on).filter(around(viewer), level=Area.Level.COMMUNITY).values_list("box", flat=True)
    sides = list(zip(*boxes, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None


def public_grids(level: str, after: str, limit: int) -> list[Mapping[str, Any]]:
    """Return grids of a level as GeoJSON features in the order of their codes. Three statements."""
    found = in_force().filter(level=level, area__code__gt=after).select_related("area", "parent")
    versions = list(found.order_by("area__code")[:limit])
    place = {
        version.pk: version.community_id if level == Area.Level.COMMUNITY else version.area_id
        for version in versions
    }
    teams = teams_of(dict.fromkeys(place.values(), level))
    return [feature_of(version, teams.get(place[version.pk], [])) for version in versions]


def feature_of(version: GridVersion, teams: list[Team]) -> Mapping[str, Any]:
    """Return one grid as a public feature, with the post in charge."""
    parent = version.parent
    leading = next((team for team in teams if team.leads), None)
    properties = {
        "code": version.area.code,
        "name": version.called,
        "level": version.level,
        "parent": parent.code if parent else None,
        "floors": version.floors or None,
        "post": post_of(leading) if leading else None,
    }
    return {"type": "Feature", "geometry": mapping(from_wkb(version.shape)), "properties": properties}


def post_of(team: Team) -> Mapping[str, Any]:
    """Return a post as the public sees it."""
    return {
        "name": team.name,
        "role": team.role_label,
        "holder": team.holders[0].name if team.holders and not team.vacant else None,
        "telephone": team.telephone or None,
    }
