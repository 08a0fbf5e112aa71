"""Emergencies: words that bring up the emergency number before any form (P4)."""

from shige.profile.text import ProfilePart, Text


class EmergencyNumber(ProfilePart):
    """A number to call or to write to, and whose it is."""

    number: str
    name: Text
    danger: bool = True  # the general hotline is not for danger, and stands apart from what is
    sms: bool = False  # it is written to
    always: bool = True  # on every first page; else only where it fits


class Emergency(ProfilePart):
    """One kind of emergency. In `words` and `unless`, `*` stands for a few characters within a clause.

    ``persons`` is danger that people do to people or to themselves: it is told to as few as possible. All
    other kinds are hazards to whoever comes by, and everybody nearby may know of them. ``also`` are
    further numbers that fit.
    """

    code: str
    name: Text
    number: str
    also: tuple[str, ...] = ()
    advice: Text
    category: str
    persons: bool = False
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()  # turns of speech that contain a word and mean something else (打我电话)
