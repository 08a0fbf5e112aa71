"""Emergency numbers as the pages show them (P4)."""

from dataclasses import dataclass

from shige.profile import Emergency
from shige.profile.emergencies import EmergencyNumber
from shige.trust.jurisdiction import language, profile


@dataclass(frozen=True, slots=True)
class Call:
    """A number to press, and whose it is."""

    number: str
    label: str


def calls(*, danger: bool = True) -> list[Call]:
    """Return the profile's numbers for danger, or the other ones."""
    return [_call(number) for number in profile().numbers if number.danger == danger]


def call_for(emergency: Emergency) -> list[Call]:
    """Return the one number to call in this emergency."""
    return [_call(number) for number in profile().numbers if number.number == emergency.number]


def _call(number: EmergencyNumber) -> Call:
    return Call(number.number, number.name.in_language(language()))


def advice(emergency: Emergency) -> str:
    """Return what to do until help comes."""
    return emergency.advice.in_language(language())
