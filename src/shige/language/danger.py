"""Danger in what somebody types, so that its number comes before any form (P4).

Two look at each text: turns of speech, reviewed data of the profile (`speech/danger.toml`), and likeness to
reviewed examples. A turn alarms unless likeness is all but sure that nothing is wrong, and a bare one always;
likeness alarms by itself where it is sure enough. Where they disagree the alarm holds: a number shown in vain
costs nobody anything. Words that an emergency of the profile brings itself always count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from shige.language.resemblance import NONE, resemblance
from shige.language.sentences import length, sentences, views
from shige.language.tables import denied_in, kinds_in, only_talks
from shige.profile import Emergency, Profile
from shige.profile.signs import CompiledSigns

LIKELY: Final = 0.4
"""From this share on likeness alone alarms."""

DOUBTED: Final = 0.12
"""Below this share not even a turn of speech alarms.

Both were chosen on examples held out by the round in which they were written, beside the earlier held-out
texts, which were looked at for it. What counts is the third set (`tests/language/held_out/third`), which
nothing was chosen on.
"""

BARE: Final = 6
"""Up to so many Chinese characters (two Latin letters for one) a turn alarms however unlike any example the
text is: 救命 or "gas leak" alone gives likeness nothing to go by."""

DENIED: Final = 0.97
"""What likeness needs where every sign is denied (没有煤气味): it hardly hears a denial."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger that a text speaks of, its kind in the table of danger, and what told it."""

    kind: str
    emergency: Emergency
    found_by: Literal["words", "likeness"]

    @property
    def persons(self) -> bool:
        """Danger that people do to people or to themselves, which few may know; else a public hazard."""
        return self.emergency.persons


def find_danger(profile: Profile, text: str) -> Danger | None:
    """Return the first danger that a text speaks of, or None."""
    return next(dangers_in(profile, text), None)


def find_emergency(profile: Profile, text: str) -> Emergency | None:
    """Return the emergency of the first danger that a text speaks of, or None."""
    danger = find_danger(profile, text)
    return danger.emergency if danger else None


def dangers_in(profile: Profile, text: str) -> Iterator[Danger]:
    """Yield the dangers that a text speaks of, one for each emergency, in the order of the profile."""
    told = _told(profile, text)
    if not told:
        return
    for emergency in profile.emergencies:
        kind = next((kind for kind in told if kind in emergency.answers), None)
        if kind is not None:
            yield Danger(kind, emergency, told[kind])


def _told(profile: Profile, text: str) -> dict[str, Literal["words", "likeness"]]:
    """Return the kinds of danger in a text, each with what told it."""
    parts = views(profile.equivalents, text)
    if not parts:
        return {}
    model = resemblance("danger")
    shares = model.shares(parts)
    danger = model.told(shares)
    told: dict[str, Literal["words", "likeness"]] = dict.fromkeys(
        _by_words(profile.own_signs, profile, text), "words"
    )
    if danger.max() >= DOUBTED or length(parts[-1]) <= BARE:
        told |= dict.fromkeys(_by_words(profile.danger_signs, profile, text), "words")
    enough = DENIED if not told and _denied(profile, text) else LIKELY
    for row, share in zip(shares, danger, strict=True):
        if share >= enough and not told:
            told[_likeliest(model.kinds, row.tolist())] = "likeness"
    return told


def _denied(profile: Profile, text: str) -> bool:
    return any(denied_in(profile.danger_signs, sentence) for sentence in sentences(profile, text))


def _by_words(signs: CompiledSigns, profile: Profile, text: str) -> Iterator[str]:
    for sentence in sentences(profile, text):
        kinds = kinds_in(signs, sentence)
        if kinds and not only_talks(signs, sentence):
            yield from kinds


def _likeliest(kinds: tuple[str, ...], shares: list[float]) -> str:
    return max((share, kind) for kind, share in zip(kinds, shares, strict=True) if kind != NONE)[1]
