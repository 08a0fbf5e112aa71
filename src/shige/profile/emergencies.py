"""Emergencies: kinds of danger that bring up the emergency number before any form (P4)."""

from collections.abc import Iterable

from shige.profile.text import ProfilePart, Text

from .speech_signs import Signs, SignTable


class EmergencyNumber(ProfilePart):
    """A number to call or to write to, and whose it is."""

    number: str
    name: Text
    danger: bool = True  # the general hotline is not for danger, and stands apart from what is
    sms: bool = False  # it is written to
    always: bool = True  # on every first page; else only where it fits


class Emergency(ProfilePart):
    """One emergency: the number, what to do, and the kinds of danger that it answers.

    ``kinds`` are those of the table of danger; without them it is the kind of its own code. ``words`` and
    ``unless`` are turns of speech of the profile's own beside that table (`shige.profile.speech_signs`
    tells how they are written). ``persons`` is danger that people do to people or to themselves: it is told
    to as few as possible. All others are hazards to whoever comes by, and everybody nearby may know of them.
    ``also`` are further numbers that fit.
    """

    code: str
    name: Text
    number: str
    also: tuple[str, ...] = ()
    advice: Text
    category: str
    persons: bool = False
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The kinds of danger that it is for."""
        return self.kinds or (self.code,)


def own_words(table: SignTable, emergencies: Iterable[Emergency]) -> SignTable:
    """Return the turns of the emergencies themselves, over the classes of the table of danger.

    Raises
    ------
    ValueError
        A turn cannot be read; each is named with what to mend.
    """
    own = {
        emergency.answers[0]: Signs(signs=emergency.words, unless=emergency.unless)
        for emergency in emergencies
        if emergency.words or emergency.unless
    }
    return SignTable.model_validate(table.model_dump() | {"kinds": own})
