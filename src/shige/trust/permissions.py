"""Which group of roles may do what: the whole table in one place; the roles are the profile's."""

from collections.abc import Mapping
from typing import Final, Literal

from shige.profile import RoleGroup

from .jurisdiction import profile

Action = Literal[
    "matter.see",
    "matter.handle",
    "matter.dispatch",
    "contact.reveal",
    "figures.see",
    "map.see",
    "matter.lead",
    "rule.edit",
    "matter.import",
    "warning.send",
    "task.do",
    "joint.see",
    "joint.call",
    "opinion.see",
    "opinion.write",
    "opinion.follow",
    "desk.see",
    "matter.relay",
    "plan.see",
    "plan.propose",
    "plan.decide",
    "territory.import",
    "redline.see",
    "redline.edit",
    "team.see",
    "team.edit",
    "token.manage",
    "thing.see",
    "thing.inspect",
    "thing.edit",
    "device.manage",
    "journal.see",
]

Groups = frozenset[RoleGroup]

FIELD: Final[Groups] = frozenset({"field"})
COMMUNITY: Final[Groups] = frozenset({"community"})
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

PERMISSIONS: Final[Mapping[Action, Groups]] = {
    "matter.see": STAFF,
    "matter.handle": STAFF | TASKED,
    "matter.dispatch": OFFICE,
    "matter.lead": frozenset({"leader"}),
    "rule.edit": STREET | CENTRE,
    "matter.import": STREET | CENTRE,
    "warning.send": OFFICE,
    "task.do": STAFF | TASKED,
    "joint.see": STREET | CENTRE,
    "joint.call": STREET,
    "opinion.see": STAFF,
    "opinion.write": STAFF,
    "opinion.follow": OFFICE,
    "desk.see": STREET | DISTRICT,
    "matter.relay": STAFF,
    "contact.reveal": FIELD | COMMUNITY | STREET,
    "figures.see": STAFF | OVERSIGHT,
    "map.see": STAFF | OVERSIGHT | TASKED,
    "plan.see": OFFICE | BODY,
    "plan.propose": OFFICE | BODY,
    "plan.decide": STREET | CENTRE,
    "territory.import": CENTRE | {"importer"},
    "redline.see": OFFICE | OVERSIGHT,
    "redline.edit": STREET | CENTRE,
    "team.see": STAFF | OVERSIGHT,
    "team.edit": OFFICE,
    "token.manage": CENTRE | STREET,
    "thing.see": STAFF,
    "thing.inspect": STAFF,
    "thing.edit": OFFICE,
    "device.manage": CENTRE | STREET,
    "journal.see": OPERATOR,
}


def roles_of(groups: Groups) -> frozenset[str]:
    """Return the roles of the profile in force that are in one of some groups."""
    return profile().roles_in(groups)


def roles_for(action: Action) -> frozenset[str]:
    """Return the roles that may do something."""
    return roles_of(PERMISSIONS[action])


def highest_role() -> str:
    """Return the role of the highest office, to which goes what is about everybody below."""
    return profile().first_role("district")
