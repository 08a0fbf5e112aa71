"""Danger in what somebody types, so that its number comes before any form (P4).

Two look at each text: turns of speech, reviewed data of the profile (`speech/danger.toml`), and likeness to
reviewed examples. A turn alarms unless likeness is all but sure that nothing is wrong, and a bare one always;
likeness alarms by itself where it is sure enough. Where they disagree the alarm holds: a number shown in vain
costs nobody anything. Words that an emergency of the profile brings itself always count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from shige.language.latest import latest
from shige.language.minors import CHILD, of_minor
from shige.language.resemblance import NONE, Numbers, Resemblance, resemblance
from shige.language.sentences import clauses, length, sentences, views
from shige.language.shocks import SHOCK, as_shock
from shige.language.tables import denied_in, kinds_in, only_talks, sounds_ordinary
from shige.profile import Emergency, Profile
from shige.profile.speech_signs import CompiledSigns

LIKELY: Final = 0.32
"""From this share on likeness alone alarms."""

DOUBTED: Final = 0.12
"""Below this share not even a turn of speech alarms, unless its own clause is likely (`TURN_APART`).

Both were chosen beside the held-out texts that had been looked at (the README of
`tests/language/held_out` tells which); what counts is the newest set, which nothing was chosen on.
"""

BARE: Final = 6.5
"""Up to so many Chinese characters (two Latin letters for one) a turn alarms however unlike any example the
text is: 救命 or "gas leak" alone gives likeness nothing to go by."""

HARM: Final = 0.5
"""From this share on likeness tells of harm to persons beside a turn that tells of something else."""

NEARLY: Final = 0.05
"""From this share on, and beside a turn of speech, a text that likeness leaves below `LIKELY` is looked at
clause by clause: harm may be said beside something ordinary (楼道灯坏了，他打我的事不用管)."""

APART: Final = 0.95
"""What a clause alone needs to alarm: without the rest of its sentence many a one sounds worse than it is."""

TURN_APART: Final = 0.3
"""What a clause needs so that a turn of speech in it alarms though the whole text makes it doubtful."""

DENIED: Final = 0.97
"""What likeness needs where every sign is denied (没有煤气味), which it hardly hears, or beside a turn of
speech of something ordinary that it mishears (天花板滴水)."""


VIOLENCE: Final = "violence"
"""The kind of danger that is harm to persons of any age; it hides behind others."""

FoundBy = Literal["words", "likeness"]


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger that a text speaks of, its kind in the table of danger, and what told it."""

    kind: str
    emergency: Emergency
    found_by: FoundBy

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
    """Yield the dangers that a text speaks of, one for each emergency, in the order to call for them.

    That is the order of the profile; but where people harm people, the likeliest of those comes first: the
    words for a beaten child, a beaten wife and despair are much the same, and what to do is not.
    """
    told = _by_age(profile, text, _told(profile, text))
    found = [_first_of(emergency, told) for emergency in profile.emergencies]
    dangers = [danger for danger in found if danger is not None]
    harm = sorted((each for each in dangers if each.persons), key=lambda each: -told[each.kind].share)
    persons = iter(harm)
    for danger in dangers:
        yield next(persons) if danger.persons else danger


@dataclass(frozen=True, slots=True)
class _Told:
    """What told a kind of danger, and how like its examples a text is."""

    by: FoundBy
    share: float


def _first_of(emergency: Emergency, told: Mapping[str, _Told]) -> Danger | None:
    kinds = [kind for kind in emergency.answers if kind in told]
    kind = max(kinds, key=lambda kind: told[kind].share, default=None)
    return None if kind is None else Danger(kind, emergency, told[kind].by)


@latest
def _told(profile: Profile, text: str) -> Mapping[str, _Told]:
    """Return the kinds of danger in a text."""
    text, shock = as_shock(profile, text)
    parts = views(profile.equivalents, text)
    if not parts:
        return {}
    model = resemblance("danger")
    turns = set(_by_words(profile.danger_signs, profile, text))
    said = set(_by_words(profile.own_signs, profile, text)) | ({SHOCK} if shock else set())
    heard = _heard(model, profile, text, parts, doubtful=bool(turns))
    if heard.whole >= DOUBTED or length(parts[-1]) <= BARE:
        said |= turns
    else:
        said |= {
            kind
            for clause in heard.likely_clauses
            for kind in _by_words(profile.danger_signs, profile, clause)
        }
    if said:
        alike = {kind for kind in _persons(profile) if heard.likely.get(kind, 0.0) >= HARM}
    else:
        alike = heard.alarming(denied=False)
        if alike and _doubtful(profile, text):
            alike = heard.alarming(denied=True)
    told = {kind: _Told("likeness", heard.likely[kind]) for kind in alike}
    return told | {kind: _Told("words", heard.likely.get(kind, 0.0)) for kind in said}


@dataclass(frozen=True, slots=True)
class _Heard:
    """What likeness says of the views of a text and, where the whole is in doubt, of its clauses apart."""

    kinds: tuple[str, ...]
    apart: tuple[str, ...]
    views: Numbers
    clauses: Numbers
    dangers: Numbers
    clause_dangers: Numbers

    @property
    def whole(self) -> float:
        """How likely (0 to 1) the likeliest view is of any danger."""
        return float(self.dangers.max())

    @property
    def likely_clauses(self) -> tuple[str, ...]:
        """The clauses in which a turn of speech may alarm."""
        return tuple(
            clause
            for clause, share in zip(self.apart, self.clause_dangers.tolist(), strict=True)
            if share >= TURN_APART
        )

    @property
    def likely(self) -> dict[str, float]:
        """How likely (0 to 1) each kind is in the likeliest view or clause."""
        rows = np.vstack([self.views, self.clauses])
        return dict(zip(self.kinds, rows.max(axis=0).tolist(), strict=True))

    def alarming(self, *, denied: bool) -> set[str]:
        """Return the kinds that likeness alone alarms of; of what is denied it must be all but sure."""
        rows = self.views[self.dangers >= (DENIED if denied else LIKELY)].tolist()
        if not denied:
            rows += self.clauses[self.clause_dangers >= APART].tolist()
        return {_likeliest(self.kinds, row) for row in rows}


def _heard(
    model: Resemblance, profile: Profile, text: str, parts: tuple[str, ...], *, doubtful: bool
) -> _Heard:
    """Ask likeness of a text; of its clauses where it doubts the whole, and a turn of speech does not."""
    shares = model.shares(parts)
    dangers = model.told(shares)
    looked = dangers.max() < LIKELY and (doubtful or dangers.max() >= NEARLY)
    apart = clauses(profile.equivalents, text) if looked else ()
    clause_shares = model.shares(apart) if apart else shares[:0]
    return _Heard(model.kinds, apart, shares, clause_shares, dangers, model.told(clause_shares))


def _by_age(profile: Profile, text: str, told: Mapping[str, _Told]) -> Mapping[str, _Told]:
    """Return what is told, with harm to kin who may be grown as violence: the law has a minor's reported."""
    answered = any(VIOLENCE in emergency.answers for emergency in profile.emergencies)
    if CHILD not in told or not answered or of_minor(profile, text):
        return told
    harm = max((told[kind] for kind in (VIOLENCE, CHILD) if kind in told), key=lambda each: each.share)
    return {kind: each for kind, each in told.items() if kind != CHILD} | {VIOLENCE: harm}


def _persons(profile: Profile) -> Iterator[str]:
    """Yield the kinds that are danger to persons: what else is said must not hide them."""
    for emergency in profile.emergencies:
        if emergency.persons:
            yield from emergency.answers


def _doubtful(profile: Profile, text: str) -> bool:
    """Say whether a sentence denies every sign that it holds, or likeness mishears it."""
    signs = profile.danger_signs
    return any(
        denied_in(signs, sentence) or sounds_ordinary(signs, sentence)
        for sentence in sentences(profile, text)
    )


def _by_words(signs: CompiledSigns, profile: Profile, text: str) -> Iterator[str]:
    for sentence in sentences(profile, text):
        kinds = kinds_in(signs, sentence)
        if kinds and not only_talks(signs, sentence):
            yield from kinds


def _likeliest(kinds: tuple[str, ...], shares: list[float]) -> str:
    return max((share, kind) for kind, share in zip(kinds, shares, strict=True) if kind != NONE)[1]
