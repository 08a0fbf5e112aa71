"""Suggest categories for a resident's own words: keywords of the profile, and what was learned (R22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final, Protocol

from shige.profile.alarm import find_emergency
from shige.profile.categories import Category
from shige.profile.model import Profile
from shige.profile.phrases import occurrences, readings, weight, with_needles

LEAST_ALONE: Final = 0.1
"""Where no keyword speaks, what was learned is heard from this share on: else the reporter chooses."""


class Shares(Protocol):
    """What was learned, as far as a suggestion needs it."""

    @property
    def share(self) -> float:
        """How much it counts beside the lexicon, from 0 to 1."""

    def shares(self, text: str) -> Mapping[str, float]:
        """Return how likely each category is, by code."""


def suggest_categories(
    profile: Profile, text: str, limit: int = 3, learned: Shares | None = None
) -> list[tuple[Category, float]]:
    """Return up to `limit` sub-categories that the text speaks of, the likeliest first.

    Each comes with its share (0 to 1) of all that was recognised. Longer keywords say more than shorter ones.
    The category of an emergency comes first, so that P4 matters never start as something milder: that is
    decided by the alarm alone, whatever was learned. Nothing recognised gives an empty list: the reporter
    then chooses from the whole table.
    """
    shares = lexicon_shares(profile, text)
    if learned is not None and learned.share > 0:
        shares = blended(profile, shares, learned.shares(text), learned.share)
    emergency = find_emergency(profile, text)
    if emergency:
        shares[emergency.category] = shares.get(emergency.category, 0.0) + sum(shares.values()) + 1
    total = sum(shares.values())
    ranked = sorted((-share, code) for code, share in shares.items() if share > 0)
    return [(profile.category(code), -negative / total) for negative, code in ranked[:limit]]


def lexicon_shares(profile: Profile, text: str) -> dict[str, float]:
    """Return the share of each category in the keywords that the text holds; empty where it holds none."""
    reading = readings(text)[1]
    scores = Counter({leaf.code: _score(leaf, reading) for leaf in profile.leaf_categories})
    total = scores.total()
    return {code: score / total for code, score in scores.items() if score > 0} if total else {}


def blended(
    profile: Profile, lexicon: Mapping[str, float], learned: Mapping[str, float], share: float
) -> dict[str, float]:
    """Return the shares by keywords and by what was learned as one, ``share`` of them learned.

    A category that must never be mediated or that accuses somebody at work is never learned: where its
    keywords put it first, it stays first (P3, P4).
    """
    if not learned:
        return dict(lexicon)
    if not lexicon:
        return {code: likely for code, likely in learned.items() if likely >= LEAST_ALONE}
    mixed = {code: share * likely for code, likely in learned.items()}
    for code, part in lexicon.items():
        mixed[code] = mixed.get(code, 0.0) + (1 - share) * part
    first = min(lexicon, key=lambda code: (-lexicon[code], code))
    if is_guarded(profile.category(first)):
        mixed[first] += sum(mixed.values())
    return mixed


def is_guarded(category: Category) -> bool:
    """Say whether a category is decided by its keywords and the alarm only."""
    return category.never_mediate or category.seal > 0


def _score(category: Category, reading: str) -> int:
    """Sum the weights of the keywords found, leaving out those that lie inside a longer one."""
    found: list[tuple[int, int, str]] = []
    for keyword, needle in with_needles(category.keywords):
        match = next(occurrences(keyword, reading), None) if needle in reading else None
        if match:
            found.append((*match.span(), keyword))
    return sum(weight(keyword) for start, end, keyword in found if not _inside(start, end, found))


def _inside(start: int, end: int, found: list[tuple[int, int, str]]) -> bool:
    return any(low <= start and end <= high and (low, high) != (start, end) for low, high, _ in found)
