"""What the journal is told of Party organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Fact):
    """An organisation: its kind in the profile, its area, the one above and the overseeing post (ids)."""

    kind: str
    area: int
    parent: int | None
    overseer: int | None


FACTS: Final[Mapping[str, type[Fact]]] = {
    "organisation.added": OrganisationChanged,
    "organisation.closed": OrganisationChanged,
    "organisation.moved": OrganisationChanged,
    "organisation.overseer_set": OrganisationChanged,
}
