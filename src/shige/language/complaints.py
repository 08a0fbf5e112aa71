"""Complaints about whoever serves here, in what somebody types, whatever category they choose (P3).

Turns of speech of the profile (`speech/complaints.toml`) and likeness to reviewed examples look at each text,
as for danger: beside a turn likeness needs to be less sure than alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from shige.language.latest import latest
from shige.language.resemblance import resemblance
from shige.language.sentences import sentences, views
from shige.language.tables import kinds_in, only_talks
from shige.profile import Profile

ALONE: Final = 0.46
BESIDE: Final = {"staff": 0.23}
"""From which share on likeness tells a complaint: alone, and beside a turn of speech that blames somebody who
serves here. Chosen beside the held-out texts that had been looked at; the newest set had no say."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """That a text speaks of how a grid worker or an official behaves, and what told it."""

    found_by: Literal["words", "likeness"]


@latest
def about_staff(profile: Profile, text: str) -> Complaint | None:
    """Return that a text complains of a grid worker or an official, or None.

    Praise and the wish for more service are none. In doubt it is one: it is asked about and sealed until
    somebody above has looked.
    """
    parts = views(profile.equivalents, text)
    if not parts:
        return None
    model = resemblance("complaints")
    share = float(model.told(model.shares(parts)).max())
    if share < min(BESIDE.values()):
        return None
    if any(share >= BESIDE.get(kind, 1.0) for kind in _by_words(profile, text)):
        return Complaint("words")
    return Complaint("likeness") if share >= ALONE else None


def _by_words(profile: Profile, text: str) -> Iterator[str]:
    signs = profile.complaint_signs
    for sentence in sentences(profile, text):
        if not only_talks(signs, sentence):
            yield from kinds_in(signs, sentence)
