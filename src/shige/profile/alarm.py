"""Recognise an emergency in what somebody types, so that its number comes before any form (P4)."""

from collections.abc import Iterator

from shige.profile.emergencies import Emergency
from shige.profile.model import Profile
from shige.profile.phrases import CLAUSE_END, ending, occurrences, pattern, readings, with_needles

_LONGEST_DENIAL = 24  # characters before a word in which its denial is looked for


def find_emergency(profile: Profile, text: str) -> Emergency | None:
    """Return the first emergency of the profile that the text speaks of, or None."""
    return next(emergencies_in(profile, text), None)


def emergencies_in(profile: Profile, text: str) -> Iterator[Emergency]:
    """Yield the emergencies that the text speaks of, in the order of the profile.

    A word that is directly denied (没有煤气味, "no smell of gas") does not count; asked about (有没有煤气味)
    it does. In doubt the answer is an emergency: a number shown in vain costs nobody anything.
    """
    spoken = dict.fromkeys(readings(text))  # mostly both readings are one
    for emergency in profile.emergencies:
        if any(_speaks_of(profile, emergency, reading) for reading in spoken):
            yield emergency


def _speaks_of(profile: Profile, emergency: Emergency, text: str) -> bool:
    if not any(needle in text for _, needle in with_needles(emergency.words)):
        return False
    for phrase in emergency.unless:
        text = pattern(phrase).sub(lambda found: CLAUSE_END * len(found[0]), text)
    return any(
        not _denied(profile, text[max(0, found.start() - _LONGEST_DENIAL) : found.start()])
        for word in emergency.words
        for found in occurrences(word, text)
    )


def _denied(profile: Profile, before: str) -> bool:
    if any(ending(phrase).search(before) for phrase in profile.not_negations):
        return False
    return any(ending(phrase).search(before) for phrase in profile.negations)
