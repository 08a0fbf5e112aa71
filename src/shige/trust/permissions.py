"""Which role may do what: the whole table in one place, read by the gate."""

from collections.abc import Mapping
from typing import Final, Literal

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

FIELD: Final = frozenset({"micro_worker", "fulltime_worker", "exclusive_worker", "managing_body"})
COMMUNITY: Final = frozenset({"community_chief", "community_secretary", "community_staff"})
STREET: Final = frozenset({"street_leader", "street_officer", "service_centre"})
CENTRE: Final = frozenset({"district_centre", "system_admin"})
TASKED: Final = frozenset({"department", "property_company", "partner", "mediation_committee"})
MEDIATORS: Final = frozenset({"mediation_committee"})
"""Among them those who mediate: they hear of nothing that is sealed or must never be mediated (P3, P4)."""

OVERSIGHT: Final = frozenset({"party_overseer"})
BODY: Final = frozenset({"managing_body"})
"""Draws and refines its own exclusive grid (R44)."""

OFFICE: Final = COMMUNITY | STREET | CENTRE
STAFF: Final = FIELD | OFFICE

PERMISSIONS: Final[Mapping[Action, frozenset[str]]] = {
    "matter.see": STAFF,
    "matter.handle": STAFF | TASKED,
    "matter.dispatch": OFFICE,
    "matter.lead": frozenset({"street_leader"}),
    "rule.edit": STREET | CENTRE,
    "matter.import": STREET | CENTRE,
    "warning.send": OFFICE,
    "task.do": STAFF | TASKED,
    "joint.see": STREET | CENTRE,
    "joint.call": STREET,
    "opinion.see": STAFF,
    "opinion.write": STAFF,
    "opinion.follow": OFFICE,
    "desk.see": STREET | {"district_centre"},
    "matter.relay": STAFF,
    "contact.reveal": FIELD | COMMUNITY | STREET,
    "figures.see": STAFF | OVERSIGHT,
    "map.see": STAFF | OVERSIGHT | TASKED,
    "plan.see": OFFICE | BODY,
    "plan.propose": OFFICE | BODY,
    "plan.decide": STREET | CENTRE,
    "territory.import": frozenset({"system_admin", "district_centre", "street_officer"}),
    "redline.see": OFFICE | OVERSIGHT,
    "redline.edit": STREET | CENTRE,
    "team.see": STAFF | OVERSIGHT,
    "team.edit": OFFICE,
    "token.manage": CENTRE | STREET,
    "thing.see": STAFF,
    "thing.inspect": STAFF,
    "thing.edit": OFFICE,
    "device.manage": CENTRE | STREET,
    "journal.see": frozenset({"system_admin"}),
}
