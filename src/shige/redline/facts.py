"""What the journal is told of Party organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from shige.trust.facts import ListExported
from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Fact):
    """An organisation: its kind in the profile, its area, the one above and the overseeing post (ids).

    ``on`` is the day from which it is so, None for that of the entry; without ``tied`` the area is its
    seat. ``other`` is the organisation with which it merged or from which it was split.
    """

    version: ClassVar[int] = 2

    kind: str
    area: int
    parent: int | None
    overseer: int | None
    on: str | None = None
    tied: bool = True
    other: int | None = None


FACTS: Final[Mapping[str, type[Fact]]] = {
    "organisation.added": OrganisationChanged,
    "organisation.closed": OrganisationChanged,
    "organisation.exported": ListExported,
    "organisation.merged": OrganisationChanged,
    "organisation.moved": OrganisationChanged,
    "organisation.overseer_set": OrganisationChanged,
    "organisation.renamed": OrganisationChanged,
    "organisation.restored": OrganisationChanged,
    "organisation.split": OrganisationChanged,
    "organisation.withdrawn": OrganisationChanged,
}
