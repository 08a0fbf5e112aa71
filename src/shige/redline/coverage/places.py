"""For which areas somebody may ask how far the line reaches, and how they are divided."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from shige.territory.models import Area
from shige.trust.gate import Scope, Viewer, require, visible
from shige.trust.jurisdiction import language, profile

from ..rules import DEPTH, EVERYWHERE

CHILD: Final = {
    "province": "district",
    "city": "district",
    "district": "street",
    "street": "community",
    "community": "community",
}
"""By which areas the counts of a place are told apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area whose line is counted; without ``area`` all that the viewer may see."""

    area: Area | None
    name: str
    level: str

    @property
    def code(self) -> str:
        """Its code, empty for all that the viewer may see."""
        return self.area.code if self.area else ""

    @property
    def child(self) -> str:
        """The level of the areas by which its counts are told apart."""
        return CHILD[self.level]

    def within(self, prefix: str = "") -> Q:
        """Return the filter that leaves what lies in it; ``prefix`` leads to the area's columns."""
        return Q(**{f"{prefix}{self.level}": self.area}) if self.area else Q()


def places(viewer: Viewer) -> QuerySet[Area]:
    """Return the districts, streets and communities of whose line the viewer may see some part."""
    own = [scope.area for scope in viewer.holding("redline.see")]
    around = Area.objects.filter(pk__in=own).values("community")
    rows = Area.objects.filter(kind=Area.Kind.DIVISION, level__in=("district", "street", "community"))
    seen = visible(Viewer(viewer.person, _offices(viewer), viewer.actions, viewer.system), "redline.see")
    return rows.filter(seen | Q(pk__in=around))


def place_of(viewer: Viewer, code: str = "") -> Place | None:
    """Return the place with a code, or the uppermost that the viewer serves; None where it is not theirs.

    Raises
    ------
    PermissionDenied
        The viewer may see no line at all.
    """
    require(viewer, "redline.see")
    if code:
        area = places(viewer).filter(code=code).first()
        return Place(area, area.name, area.level) if area else None
    scopes = viewer.holding("redline.see")
    if viewer.system or any(scope.level in EVERYWHERE for scope in scopes):
        return Place(None, profile().name.in_language(language()), "city")
    highest = min(DEPTH[scope.level] for scope in scopes)
    found = places(viewer).order_by("code")
    top = [area for area in found if DEPTH[area.level] <= max(highest, DEPTH["community"])]
    top = [area for area in top if DEPTH[area.level] == DEPTH[top[0].level]] if top else []
    if len(top) == 1:
        return Place(top[0], top[0].name, top[0].level)
    return Place(None, " · ".join(area.name for area in top), top[0].level if top else "community")


def _offices(viewer: Viewer) -> tuple[Scope, ...]:
    """Return the appointments to a district, street or community: a grid's own serves no division."""
    return tuple(scope for scope in viewer.scopes if DEPTH[scope.level] <= DEPTH["community"])
