"""Which categories a text speaks of by the keywords of the profile: they explain themselves (R22)."""

from __future__ import annotations

from collections import Counter

from shige.profile.categories import Category
from shige.profile.model import Profile
from shige.profile.phrases import occurrences, readings, weight, with_needles


def keyword_shares(profile: Profile, text: str) -> dict[str, float]:
    """Return the share of each category in the keywords that the text holds; empty where it holds none."""
    reading = readings(text)[1]
    scores = Counter({leaf.code: _score(leaf, reading) for leaf in profile.leaf_categories})
    total = scores.total()
    return {code: score / total for code, score in scores.items() if score > 0} if total else {}


def is_guarded(category: Category) -> bool:
    """Say whether a category is decided by rules alone, its keywords, alarm or signs, and never learned."""
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
