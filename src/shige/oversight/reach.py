"""What somebody oversees today: areas whose organisation names a post that they hold, and what lies below.

A post of an overseer opens nothing by itself; that an organisation names it does (R9).
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from shige.redline.models import Standing
from shige.redline.rules import DEPTH
from shige.territory.grids.queries.grids import in_force
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.queries import today

NEIGHBOURS: Final = frozenset({"micro", "exclusive"})
"""Levels whose overseer lives or works among those who report: told counts of quarters, nothing finer."""

BELOW: Final = {"street": ("community",), "community": ("general", "exclusive"), "general": ("micro",)}
"""The levels that lie right below one."""


@dataclass(frozen=True, slots=True)
class Overseen:
    """An area that somebody oversees, the organisation by which they do, and its post of an overseer.

    ``area`` is the division where the organisation is tied to a community grid: so whatever lies there
    names it.
    """

    organisation: int
    name: str
    post: int
    area: Area

    @property
    def near(self) -> bool:
        """Say whether its overseer is a neighbour."""
        return self.area.level in NEIGHBOURS


def named_today() -> QuerySet[Standing]:
    """Return the organisations that oversee an area today by a post: all that says who oversees (R9)."""
    return Standing.objects.filter(tied=True, overseer__isnull=False, valid__contains=today())


def overseer_of(organisation: int | None) -> int | None:
    """Return the post that oversees for an organisation today, if it names one."""
    found = named_today().filter(organisation=organisation or 0)
    return found.values_list("overseer", flat=True).first()


def overseen(viewer: Viewer) -> list[Overseen]:
    """Return what somebody oversees today, the widest first; one statement."""
    posts = {scope.post for scope in viewer.holding("oversight.see")}
    own = [
        Overseen(row.organisation_id, row.name, row.overseer_id or 0, ground_of(row.area))
        for row in named_today().filter(overseer__in=posts).select_related("area__community")
    ]
    return sorted(own, key=lambda one: (DEPTH[one.area.level], one.area.code))


def ground_of(area: Area) -> Area:
    """Return the area as what lies in it names it: the division of a community grid."""
    return area.community if area.level == Area.Level.COMMUNITY and area.community else area


def by_which(own: list[Overseen], area: Area) -> Overseen | None:
    """Return the widest of what somebody oversees that an area is or lies in, if there is one."""
    line = lineage_of(area)
    return next((one for one in own if line.at(one.area.level) == one.area.pk), None)


def found_in(own: list[Overseen], code: str) -> tuple[Area, Overseen] | None:
    """Return the area of a code with what somebody oversees that holds it; none for what they do not."""
    area = Area.objects.select_related("community").filter(code=code).first()
    if area is None:
        return None
    ground = ground_of(area)
    held = by_which(own, ground)
    return (ground, held) if held else None


def areas_below(area: Area) -> list[Area]:
    """Return what lies right below an area today; one statement."""
    levels = BELOW.get(area.level, ())
    if not levels:
        return []
    inside = Area.objects.filter(level__in=levels, **{str(area.level): area})
    if levels == ("community",):
        return list(inside.filter(kind=Area.Kind.DIVISION).order_by("sort_key", "code"))
    current = in_force().values("area")
    return list(inside.filter(kind=Area.Kind.GRID, pk__in=current).order_by("sort_key", "code"))
