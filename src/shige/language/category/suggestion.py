"""Suggest categories for a resident's own words: keywords of the profile, and what was learned (R22).

Danger and complaints about staff are no matter of likeness: the rules that know them put their category
first, whatever was learned (P3, P4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.language.category.features import Features
from shige.language.category.model import Model
from shige.language.complaints import about_staff
from shige.language.danger import VIOLENCE, Danger, dangers_in
from shige.profile import Category, Profile
from shige.profile.keywords import is_guarded, keyword_shares

LEAST_ALONE: Final = 0.1
"""Where no keyword speaks, what was learned is heard from this share on: else the reporter chooses."""

MARGIN_OF_KEYWORDS: Final = 0.3
"""How far ahead the first category must be where keywords decide alone."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Likely sub-categories with their shares (0 to 1) of all that was recognised, the likeliest first.

    ``sure`` is the first one where it is so far ahead that it may be named alone, else None.
    """

    ranked: tuple[tuple[Category, float], ...]
    sure: Category | None


@dataclass(frozen=True, slots=True)
class Sorter:
    """Sorts texts under one profile, by keywords alone or with what was learned."""

    profile: Profile
    features: Features | None = None
    model: Model | None = None

    def suggest(self, text: str, limit: int = 3, *, dismissed: bool = False) -> Suggestion:
        """Return up to ``limit`` sub-categories; nothing recognised gives none.

        Where rules put several first, the further ones take no place from what the words sound like. With
        ``dismissed`` somebody has said that there is no emergency: where words raise hazards alone, no
        category of danger to life or to persons is suggested then.
        """
        shares, ruled = self._shares(text), self._ruled(text)
        if dismissed and self._only_hazards(text):
            shares = {code: part for code, part in shares.items() if not self._grave(code)}
            ruled = tuple(code for code in ruled if not self._grave(code))
        if ruled or about_staff(self.profile, text) is not None:  # whoever accuses does not praise
            shares = {code: part for code, part in shares.items() if not self._praises(code)}
        for code in reversed(ruled):
            shares[code] = shares.get(code, 0.0) + sum(shares.values()) + 1
        total = max(1.0, sum(shares.values()))
        in_turn = sorted((-share / total, code) for code, share in shares.items() if share > 0)
        ranked = tuple((self.profile.category(code), -negative) for negative, code in in_turn)
        return Suggestion(ranked[: limit + max(0, len(ruled) - 1)], self._sure(ranked))

    def _only_hazards(self, text: str) -> bool:
        """Say whether words raise hazards, and no danger to persons."""
        dangers = tuple(dangers_in(self.profile, text))
        return bool(dangers) and not any(danger.persons for danger in dangers)

    def _praises(self, code: str) -> bool:
        return self.profile.category(code).kind == "praise"

    def _grave(self, code: str) -> bool:
        return self.profile.category(code).endangers == "persons"

    def _shares(self, text: str) -> dict[str, float]:
        keywords = keyword_shares(self.profile, text)
        complaint = about_staff(self.profile, text)
        if complaint is not None and complaint.found_by == "likeness":
            return keywords  # whoever scolds somebody at work sounds like praise, or like a row at home
        if self.model is None or self.features is None or self.model.share == 0:
            return keywords
        learned = self.model.shares(self.features.rows([text])[0])
        return blended(self.profile, keywords, learned, self.model.share)

    def _ruled(self, text: str) -> tuple[str, ...]:
        """Return the categories that rules put first: of danger, else the one of a complaint about staff.

        A complaint that likeness alone tells is asked about and sealed, but names no category: it is too
        often a matter of another kind.
        """
        dangers = tuple(dangers_in(self.profile, text))
        if dangers:
            return self._endangered(dangers)
        complaint = about_staff(self.profile, text)
        if complaint is None or complaint.found_by == "likeness":
            return ()
        complaints = [leaf.code for leaf in self.profile.leaf_categories if leaf.kind == "complaint"]
        named = keyword_shares(self.profile, text)
        return tuple(sorted(complaints, key=lambda code: -named.get(code, 0.0))[:1])

    def _endangered(self, dangers: tuple[Danger, ...]) -> tuple[str, ...]:
        """Return the categories of dangers; with any danger to persons that of violence is among them.

        Violence that is only hinted at sounds like despair or a wound, and whoever says that it is no
        emergency must still find its name.
        """
        codes = [danger.emergency.category for danger in dangers]
        if any(danger.persons for danger in dangers):
            codes += [each.category for each in self.profile.emergencies if VIOLENCE in each.answers]
        return tuple(dict.fromkeys(codes))

    def _sure(self, ranked: tuple[tuple[Category, float], ...]) -> Category | None:
        if not ranked:
            return None
        margin = self.model.margin if self.model else MARGIN_OF_KEYWORDS
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return ranked[0][0] if ranked[0][1] - second >= margin else None


def blended(
    profile: Profile, keywords: Mapping[str, float], learned: Mapping[str, float], share: float
) -> dict[str, float]:
    """Return the shares by keywords and by what was learned as one, ``share`` of them learned.

    A category that must never be mediated or that accuses somebody at work is never learned: where its
    keywords put it first, it stays first (P3, P4).
    """
    if not learned:
        return dict(keywords)
    if not keywords:
        return dict(learned) if max(learned.values()) >= LEAST_ALONE else {}
    mixed = {code: share * likely for code, likely in learned.items()}
    for code, part in keywords.items():
        mixed[code] = mixed.get(code, 0.0) + (1 - share) * part
    first = min(keywords, key=lambda code: (-keywords[code], code))
    if is_guarded(profile.category(first)):
        mixed[first] += sum(mixed.values())
    return mixed
