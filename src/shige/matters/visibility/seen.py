"""What somebody sees (``acting.seen_by``), part by part: each appointment has an index of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q

from shige.trust.gate import Scope, Viewer

from ..workflow.actors import owned_by_viewer, seen_in_area

NARROWNESS: Final = (
    "province", "city", "district", "street", "community", "general", "micro", "exclusive", "owner",
)  # fmt: skip
"""From the widest to the narrowest: of several conditions the narrowest one is read in order."""


@dataclass(frozen=True, slots=True)
class Part:
    """A set of matters that one index reads in order: its filter, its mark among the search words."""

    level: str
    here: Q
    mark: str = ""


EVERYTHING: Final = Part("province", Q())

WHOLE: Final = frozenset({"province", "city"})
"""Levels whose people see matters wherever they lie."""


def parts_seen(viewer: Viewer) -> tuple[Part, ...]:
    """Return the parts whose union is what ``viewer`` sees; a matter may lie in several.

    One filter that joins areas and posts by OR would keep PostgreSQL from reading any of them in order.
    """
    if viewer.system:
        return (EVERYTHING,)
    areas: dict[tuple[str, int], list[Scope]] = {}
    for scope in viewer.holding("matter.see"):
        areas.setdefault((scope.level, scope.area), []).append(scope)
    parts = [
        Part(level, seen_in_area(viewer.only(*scopes), "matter.see"), _mark(level, area))
        for (level, area), scopes in areas.items()
    ]
    handled = {scope.post: scope for scope in viewer.holding("matter.handle")}
    return (*parts, *(_owned_as(viewer, handled[post]) for post in sorted(handled)))


def _owned_as(viewer: Viewer, scope: Scope) -> Part:
    """Return what one's own post answers for, without what is sealed from it (P3)."""
    return replace(owned_by(scope.post), here=owned_by_viewer(viewer.only(scope)))


def owned_by(post: int) -> Part:
    """Return what a post answers for."""
    return Part("owner", Q(owner=post), f"'#o{post}'")


def apart(parts: Iterable[Part]) -> list[Q]:
    """Return the filters of parts, each without what an earlier one holds, so that a matter counts once."""
    found: list[Q] = []
    before = Q()
    for part in parts:
        found.append(part.here & ~before if before else part.here)
        before |= part.here
    return found


def _mark(level: str, area: int) -> str:
    """Return the mark of an area among the search words; what lies in a whole province carries none."""
    return "" if level in WHOLE else f"'#a{area}'"
