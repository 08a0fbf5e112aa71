"""What the journal is told of the members' register: numbers and states, never who it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.facts import ListExported
from shige.trust.journal_facts import Bare, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersInvited(Fact):
    """So many places for declarations were given out for an organisation, by so many links."""

    organisation: int
    places: int
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChanged(Fact):
    """An entry of the register, its organisation and state."""

    organisation: int
    state: str


FACTS: Final[Mapping[str, type[Fact]]] = {
    "member.changed": MemberChanged,
    "member.checked": MemberChanged,
    "member.confirmed": MemberChanged,
    "member.declared": MemberChanged,
    "member.declined": MemberChanged,
    "member.erased": MemberChanged,
    "member.exported": Bare,
    "member.found": Bare,
    "member.hours_noted": MemberChanged,
    "member.hours_undone": MemberChanged,
    "member.invitation_ended": MembersInvited,
    "member.invited": MembersInvited,
    "member.offered": MemberChanged,
    "member.opened": Bare,
    "member.renewed": MemberChanged,
    "member.withdrawn": MemberChanged,
    "members.exported": ListExported,
    "members.rotated": Bare,
}
