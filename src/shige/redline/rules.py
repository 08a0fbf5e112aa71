"""What ties an organisation to its grid, and one organisation to the one above it (R9)."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.profile import RedlinePair
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile

DEPTH: Final = {level: depth for depth, level in enumerate(Area.Level.values)} | {
    Area.Level.EXCLUSIVE.value: Area.Level.values.index(Area.Level.MICRO)
}
"""How far below the province a level lies; an exclusive grid lies beside the micro-grids."""

GRID_LEVELS: Final = frozenset({"community", "general", "micro", "exclusive"})
SEATS: Final = frozenset({"street", "community"})
"""Levels of the divisions in which an organisation without a grid has its seat."""

EVERYWHERE: Final = frozenset({"province", "city"})


def pair_of(kind: str) -> RedlinePair:
    """Return the profile's pair for a kind of organisation.

    Raises
    ------
    ValidationError
        The profile has no such pair.
    """
    for pair in profile().redline:
        if pair.code == kind:
            return pair
    raise ValidationError({"kind": _("This jurisdiction knows no organisations of this kind.")})


def is_tied(kind: str, area: Area) -> bool:
    """Say whether organisations of this kind oversee an area, or else may have their seat there.

    Raises
    ------
    ValidationError
        There is no such kind, or it is a grid of another level.
    """
    pair = pair_of(kind)
    if area.level == pair.oversees and (area.kind == Area.Kind.GRID) == (pair.oversees in GRID_LEVELS):
        return True
    if area.kind == Area.Kind.DIVISION and area.level in SEATS:
        return False
    raise ValidationError(
        {
            "grid": _("%(kind)s oversee areas of the level “%(level)s”; %(area)s is none.")
            % {"kind": kind_name(kind), "level": level_name(pair.oversees), "area": area.name}
        }
    )


def seat_of(area: Area) -> Area:
    """Return the division in which an organisation of this area has its seat when it oversees no grid."""
    return area.community or area.street or area


def holds(upper: Area, lower: Area) -> bool:
    """Say whether ``upper`` is an area above ``lower`` that contains it.

    Areas of one level never hold each other, so a line that follows this rule cannot run in a circle.
    """
    if DEPTH[upper.level] >= DEPTH[lower.level]:
        return False
    if upper.level in EVERYWHERE:
        return True
    above = lineage_of(upper).at(upper.level)
    return above is not None and lineage_of(lower).at(upper.level) == above


def serves(served: Area, area: Area) -> bool:
    """Say whether a post of the area ``served`` answers for ``area`` too."""
    same_level = lineage_of(served).at(served.level)
    return holds(served, area) or (
        served.level == area.level
        and same_level is not None
        and same_level == lineage_of(area).at(area.level)
    )


def overseer_roles() -> frozenset[str]:
    """Return the roles that oversee and never handle (R10)."""
    return frozenset(role.code for role in profile().roles if role.kind == "overseer")


def level_name(level: str) -> str:
    """Return the word for an area of a level, as a grid where it is one."""
    known = profile().level(level)
    return (known.grid or known.name).in_language(language())


def kind_name(kind: str) -> str:
    """Return the word for a kind of organisation; its code where the profile has dropped the kind."""
    names = {pair.code: pair.name.in_language(language()) for pair in profile().redline}
    return names.get(kind, kind)
