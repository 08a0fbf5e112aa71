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


FACTS: Final[Mapping[str, type[Fact]]] = {"service_point.*": ServicePointChanged}
