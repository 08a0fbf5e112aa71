"""Which group of roles may do what: each room brings its actions; the roles are the profile's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shige.profile import RoleGroup

from .jurisdiction import profile

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Action = str
"""What a room lets people do, ``matter.dispatch``; a test asks for each that is used anywhere."""

Groups = frozenset[RoleGroup]

FIELD: Final[Groups] = frozenset({"field"})
COMMUNITY: Final[Groups] = frozenset({"community"})
SECRETARIES: Final[Groups] = frozenset({"secretary"})
"""Keep the Party organisations of their community (R9)."""

STREET: Final[Groups] = frozenset({"street"})
DISTRICT: Final[Groups] = frozenset({"district"})
OPERATOR: Final[Groups] = frozenset({"operator"})
TASKED: Final[Groups] = frozenset({"tasked"})
DEPARTMENTS: Final[Groups] = frozenset({"department"})
MEDIATORS: Final[Groups] = frozenset({"mediator"})
"""Among the tasked those who mediate: nothing sealed reaches them, nor what is never mediated (P3, P4)."""

OVERSIGHT: Final[Groups] = frozenset({"overseer"})
BODY: Final[Groups] = frozenset({"body"})
"""Draws and refines its own exclusive grid (R44)."""

CENTRE: Final = DISTRICT | OPERATOR
OFFICE: Final = COMMUNITY | STREET | CENTRE
STAFF: Final = FIELD | OFFICE


@dataclass(frozen=True, slots=True)
class Permission:
    """An action in words, as whoever makes a token reads it, and the groups of roles that hold it.

    With ``levels``, only by a post on one of them: some roles stand on several.
    """

    words: "StrPromise"
    groups: Groups
    levels: frozenset[str] | None = None


PERMISSIONS: dict[Action, Permission] = {}
"""What every room has brought."""


def bring_actions(actions: Mapping[Action, Permission]) -> None:
    """Add what people may do in a room; nobody may do what no room has brought."""
    PERMISSIONS.update(actions)


def roles_of(groups: Groups) -> frozenset[str]:
    """Return the roles of the profile in force that are in one of some groups."""
    return profile().roles_in(groups)


def roles_for(action: Action) -> frozenset[str]:
    """Return the roles that may do something."""
    return roles_of(PERMISSIONS[action].groups)


def highest_role() -> str:
    """Return the role of the highest office, to which goes what is about everybody below."""
    return profile().first_role("district")


def levels_for(action: Action) -> frozenset[str] | None:
    """Return the levels on which a post may do something; None for whatever level its role has."""
    return PERMISSIONS[action].levels


def action_in_words(action: Action) -> str:
    """Return the words for an action; for one that no room brings any more, its name."""
    held = PERMISSIONS.get(action)
    return str(held.words) if held else action
