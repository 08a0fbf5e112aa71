"""Complaints about whoever serves here, in what somebody types, whatever category they choose (P3)."""

from dataclasses import dataclass
from typing import Literal

from shige.language.sentences import sentences
from shige.language.tables import kinds_in, only_talks
from shige.profile import Profile


@dataclass(frozen=True, slots=True)
class Complaint:
    """That a text speaks of how a grid worker or an official behaves, and what told it."""

    found_by: Literal["words", "likeness"]


def about_staff(profile: Profile, text: str) -> Complaint | None:
    """Return that a text complains of a grid worker or an official, or None.

    Praise and the wish for more service are none. In doubt it is one: it is asked about and sealed until
    somebody above has looked.
    """
    signs = profile.complaint_signs
    for sentence in sentences(profile, text):
        if kinds_in(signs, sentence) and not only_talks(signs, sentence):
            return Complaint("words")
    return None
