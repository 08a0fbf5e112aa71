"""What the journal is told of service points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePointChanged(Fact):
    """A service point: its kind, the post that keeps it (id), the day on which it ended (ISO 8601)."""

    kind: str
    keeper: int | None
    ended_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBookable(Fact):
    """Something on offer can be booked in slots of so many minutes, or (null) no longer."""

    offer: int
    slot_minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingChanged(Fact):
    """What became of a booking: of what, for how many, and whether somebody at the office did it."""

    offer: int
    people: int
    state: str
    by_office: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalChanged(Fact):
    """A use proposed for idle space: at which point, and whether it waits or what was answered."""

    point: int
    state: str


FACTS: Final[Mapping[str, type[Fact]]] = {
    "service_point.*": ServicePointChanged,
    "service_point.bookable": OfferBookable,
    "booking.*": BookingChanged,
    "proposal.*": ProposalChanged,
}
