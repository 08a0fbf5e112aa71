"""The gate: may this person do this to that? Deny by default; one answer for commands and queries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from .concerned_persons import NONE, Ties
from .permissions import Action, levels_for, roles_for

COLUMNS: Final[Mapping[str, str]] = {
    "district": "district_id",
    "street": "street_id",
    "community": "community_id",
    "general": "general_id",
    "micro": "leaf_id",
    "exclusive": "leaf_id",
}
"""Which column of a row an area of a level is compared with."""

BELOW_STREET: Final = frozenset({"community", "general", "micro", "exclusive"})

KEPT_FROM: Final = (frozenset[str](), BELOW_STREET, BELOW_STREET | {"street"})
"""By seal, the levels whose people must not know of what carries it: it is about one of them, and may be
about any of them (P3)."""

HIGHEST_SEAL: Final = len(KEPT_FROM) - 1


@dataclass(frozen=True, slots=True)
class Lineage:
    """The areas that hold a thing, by id; None where it lies in none of that level."""

    district: int | None = None
    street: int | None = None
    community: int | None = None
    general: int | None = None
    leaf: int | None = None

    def at(self, level: str) -> int | None:
        """Return the id of the area of ``level`` that holds the thing."""
        column = COLUMNS.get(level)
        return getattr(self, column.removesuffix("_id")) if column else None


@dataclass(frozen=True, slots=True)
class Scope:
    """One appointment in force: a post, its role, and the area it serves."""

    post: int
    role: str
    level: str
    area: int

    def covers(self, lineage: Lineage) -> bool:
        """Say whether the thing lies in the area of this appointment."""
        return self.level in {"province", "city"} or lineage.at(self.level) == self.area

    @property
    def clearance(self) -> int:
        """The highest seal behind which this appointment lets somebody look."""
        return max(seal for seal, levels in enumerate(KEPT_FROM) if self.level not in levels)

    def clears(self, seal: int) -> bool:
        """Say whether this appointment lets somebody know of what carries ``seal``."""
        return self.level not in KEPT_FROM[seal]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever reads or acts. ``person`` is None for the public and for the program itself.

    ``actions`` narrows what a bearer token may do; None means no narrowing. ``ties`` are where they serve,
    whatever a token narrows: whom a matter may be about is kept from it in every post that they hold (P3).
    """

    person: int | None = None
    scopes: tuple[Scope, ...] = ()
    actions: frozenset[str] | None = None
    system: bool = False
    ties: Ties = NONE

    def only(self, *scopes: Scope) -> "Viewer":
        """Return the same person as some of their appointments let them see, tied as ever."""
        return replace(self, scopes=scopes)

    def holding(self, action: Action) -> tuple[Scope, ...]:
        """Return the appointments that allow ``action``."""
        if self.actions is not None and action not in self.actions:
            return ()
        roles, levels = roles_for(action), levels_for(action)
        held = (scope for scope in self.scopes if scope.role in roles)
        return tuple(scope for scope in held if levels is None or scope.level in levels)

    def clearance(self, action: Action) -> int:
        """Return the highest seal behind which an appointment that allows ``action`` lets them look."""
        return max((scope.clearance for scope in self.holding(action)), default=0)

    @property
    def clearance_of_any(self) -> int:
        """The highest seal behind which any appointment lets them look: without one no seal is opened."""
        return max((scope.clearance for scope in self.scopes), default=0)

    @property
    def posts(self) -> frozenset[int]:
        """Ids of the posts that this person holds."""
        return frozenset(scope.post for scope in self.scopes)


PUBLIC: Final = Viewer()
"""Somebody without an account."""

SYSTEM: Final = Viewer(system=True)
"""The program itself: sweeps, imports from the command line, the sample."""


def may(viewer: Viewer, action: Action, lineage: Lineage | None = None, *, sealed: int = 0) -> bool:
    """Say whether ``viewer`` may do ``action``, to a thing at ``lineage`` where one is given.

    What carries a seal is about somebody at work: nobody on the levels of ``KEPT_FROM`` knows of it (P3).
    """
    if viewer.system:
        return True
    scopes = viewer.holding(action)
    return any(scope.clears(sealed) and (lineage is None or scope.covers(lineage)) for scope in scopes)


def require(viewer: Viewer, action: Action, lineage: Lineage | None = None, *, sealed: int = 0) -> None:
    """Raise ``PermissionDenied`` unless the gate lets ``viewer`` pass."""
    if not may(viewer, action, lineage, sealed=sealed):
        raise PermissionDenied(f"{action} is not allowed here")


def unconcerned(viewer: Viewer) -> Q:
    """Return the filter of the rows that are not about this person, for whom any post would open them.

    P3 is about persons: a worker who stands in at the street does not read what is said of their chain. The
    rows are as ``Ties.rows`` asks for them.
    """
    kept = viewer.ties.rows(viewer.clearance_of_any)
    return ~kept if kept else kept


def visible(viewer: Viewer, action: Action, *, sealable: bool = False) -> Q:
    """Return the filter that leaves the rows on which ``viewer`` may do ``action``.

    Rows carry the columns of ``Lineage``; with ``sealable`` also those that a seal asks for (``Ties.rows``).
    """
    if viewer.system:
        return Q()
    allowed = Q(pk__in=[])
    for scope in viewer.holding(action):
        here = Q() if scope.level in {"province", "city"} else Q(**{COLUMNS[scope.level]: scope.area})
        if sealable and not scope.clears(HIGHEST_SEAL):
            here &= Q(sealed__lte=scope.clearance)
        if not here:
            allowed = here
            break
        allowed |= here
    return allowed & unconcerned(viewer) if sealable else allowed
