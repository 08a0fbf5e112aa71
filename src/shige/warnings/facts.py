"""What the journal is told of warnings and of the weather that calls for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherChanged(Fact):
    """A weather signal: its kind and colour in the profile, and from when to when (ISO 8601)."""

    kind: str
    colour: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningChanged(Fact):
    """A warning: the key of its proposal, its categories, areas (ids) and end (ISO 8601)."""

    key: str
    categories: list[str]
    areas: list[int]
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningDismissed(Fact):
    """A proposal was put aside, by its key."""

    key: str


FACTS: Final[Mapping[str, type[Fact]]] = {
    "warning.dismissed": WarningDismissed,
    "warning.sent": WarningChanged,
    "warning.withdrawn": WarningChanged,
    "weather.entered": WeatherChanged,
    "weather.lifted": WeatherChanged,
}
