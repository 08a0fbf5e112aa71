"""Danger in what somebody types, so that its number comes before any form (P4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shige.language.normal import as_said
from shige.profile import Emergency, Profile, emergencies_in


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger that a text speaks of, and whether words or likeness to known sentences told it."""

    emergency: Emergency
    found_by: Literal["words", "likeness"]

    @property
    def kind(self) -> str:
        """The code of the emergency: gas, violence, ..."""
        return self.emergency.code

    @property
    def persons(self) -> bool:
        """Danger that people do to people or to themselves, which few may know; else a public hazard."""
        return self.emergency.persons


def find_danger(profile: Profile, text: str) -> Danger | None:
    """Return the first danger that a text speaks of, or None."""
    return next(dangers_in(profile, text), None)


def dangers_in(profile: Profile, text: str) -> Iterator[Danger]:
    """Yield the dangers that a text speaks of, in the order of the profile.

    In doubt there is one: a number shown in vain costs nobody anything.
    """
    for emergency in emergencies_in(profile, as_said(profile, text)):
        yield Danger(emergency, "words")


def find_emergency(profile: Profile, text: str) -> Emergency | None:
    """Return the emergency of the first danger that a text speaks of, or None."""
    danger = find_danger(profile, text)
    return danger.emergency if danger else None
