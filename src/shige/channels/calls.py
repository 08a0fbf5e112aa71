"""Emergency numbers as the pages show them (P4)."""

from dataclasses import dataclass

from shige.profile import Emergency
from shige.trust.jurisdiction import language, profile


@dataclass(frozen=True, slots=True)
class Call:
    """A number to press, and whose it is."""

    number: str
    label: str


def calls(first: str = "") -> list[Call]:
    """Return the numbers of the profile; the one given comes first."""
    said = language()
    found = [Call(number.number, number.name.in_language(said)) for number in profile().numbers]
    return sorted(found, key=lambda call: call.number != first)


def call_for(emergency: Emergency) -> list[Call]:
    """Return the one number to call in this emergency."""
    return calls(emergency.number)[:1]


def advice(emergency: Emergency) -> str:
    """Return what to do until help comes."""
    return emergency.advice.in_language(language())
