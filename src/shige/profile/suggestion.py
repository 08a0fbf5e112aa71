"""Suggest categories for a resident's own words from the keywords of the profile (R22)."""

from collections import Counter

from shige.profile.alarm import find_emergency
from shige.profile.categories import Category
from shige.profile.model import Profile
from shige.profile.phrases import occurrences, readings, weight, with_needles


def suggest_categories(profile: Profile, text: str, limit: int = 3) -> list[tuple[Category, float]]:
    """Return up to `limit` sub-categories that the text speaks of, the likeliest first.

    Each comes with its share (0 to 1) of all that was recognised. Longer keywords say more than shorter ones.
    The category of an emergency comes first, so that P4 matters never start as something milder. Nothing
    recognised gives an empty list: the reporter then chooses from the whole table.
    """
    reading = readings(text)[1]
    scores = Counter({leaf.code: _score(leaf, reading) for leaf in profile.leaf_categories})
    emergency = find_emergency(profile, text)
    if emergency:
        scores[emergency.category] += scores.total() + 1
    total = scores.total()
    ranked = sorted((-score, code) for code, score in scores.items() if score > 0)
    return [(profile.category(code), -negative / total) for negative, code in ranked[:limit]]


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
