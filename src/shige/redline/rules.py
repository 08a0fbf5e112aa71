"""What ties an organisation to its grid, and one organisation to the one above it (R9)."""

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.profile import RedlinePair
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from .models import Organisation

DEPTH: Final = {level: depth for depth, level in enumerate(Area.Level.values)} | {
    Area.Level.EXCLUSIVE.value: Area.Level.values.index(Area.Level.MICRO)
}
"""How far below the province a level lies; an exclusive grid lies beside the micro-grids."""

GRID_LEVELS: Final = frozenset({"community", "general", "micro", "exclusive"})
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


def check_tie(kind: str, area: Area) -> None:
    """Refuse an area whose level is not the one that organisations of this kind oversee."""
    pair = pair_of(kind)
    expected = Area.Kind.GRID if pair.oversees in GRID_LEVELS else Area.Kind.DIVISION
    if area.level != pair.oversees or area.kind != expected:
        raise ValidationError(
            {
                "area": _("%(kind)s oversee areas of the level “%(level)s”; %(area)s is none.")
                % {
                    "kind": pair.name.in_language(language()),
                    "level": level_name(pair.oversees),
                    "area": area.name,
                }
            }
        )


def check_parent(organisation: Organisation, area: Area, parent: Organisation | None) -> None:
    """Refuse a parent that would close a circle or that oversees no area above ``area``."""
    if parent is None:
        return
    if organisation.pk is not None and organisation.pk in line_above(parent):
        raise ValidationError(
            {"parent": _("%(name)s would stand above itself.") % {"name": organisation.name}}
        )
    if parent.closed_at is not None:
        raise ValidationError({"parent": _("%(name)s is closed.") % {"name": parent.name}})
    if not holds(parent.area, area):
        raise ValidationError(
            {
                "parent": _("%(parent)s oversees no area above %(area)s.")
                % {"parent": parent.name, "area": area.name}
            }
        )


def check_children(area: Area, children: Iterable[Organisation]) -> None:
    """Refuse an area that does not hold the areas of the organisations below."""
    for child in children:
        if not holds(area, child.area):
            raise ValidationError(
                {
                    "area": _("%(child)s would lose the organisation above it: move it first.")
                    % {"child": child.name}
                }
            )


def check_overseer(area: Area, post: Post | None) -> None:
    """Refuse a post that is no overseer's, is closed, or serves an area beside this one."""
    if post is None:
        return
    if post.closed_at is not None or post.role not in overseer_roles():
        raise ValidationError(
            {"overseer": _("%(post)s is no open post of an overseer.") % {"post": post.name}}
        )
    if not serves(post.area, area):
        raise ValidationError(
            {"overseer": _("%(post)s does not serve %(area)s.") % {"post": post.name, "area": area.name}}
        )


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


def line_above(organisation: Organisation) -> list[int]:
    """Return the organisation and all above it, nearest first."""
    line: list[int] = []
    at: Organisation | None = organisation
    while at is not None and at.pk not in line:
        line.append(at.pk)
        at = at.parent
    return line


def level_name(level: str) -> str:
    """Return the word for an area of a level, as a grid where it is one."""
    known = profile().level(level)
    return (known.grid or known.name).in_language(language())


def kind_name(kind: str) -> str:
    """Return the word for a kind of organisation; its code where the profile has dropped the kind."""
    names = {pair.code: pair.name.in_language(language()) for pair in profile().redline}
    return names.get(kind, kind)
