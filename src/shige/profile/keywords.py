"""Which categories a text speaks of by the keywords of the profile: they explain themselves (R22)."""

from __future__ import annotations

from shige.profile.categories import Category
from shige.profile.model import Profile
from shige.profile.phrases import occurrences, readings, weight

Found = tuple[int, int, str]
"""Where a keyword stands in a text: its beginning, its end, and the keyword."""


def keyword_shares(profile: Profile, text: str) -> dict[str, float]:
    """Return the share (0 to 1) of each category in the keywords of a text; empty where it holds none."""
    reading = readings(text)[1]
    found: dict[str, list[Found]] = {}
    for code, keyword, needle in profile.needles:
        if needle in reading and (match := next(occurrences(keyword, reading), None)):
            found.setdefault(code, []).append((*match.span(), keyword))
    scores = {code: _score(places) for code, places in found.items()}
    total = sum(scores.values())
    return {code: score / total for code, score in scores.items() if score} if total else {}


def is_guarded(category: Category) -> bool:
    """Say whether a category is decided by rules alone, its keywords, alarm or signs, and never learned."""
    return category.never_mediate or category.seal > 0


def _score(found: list[Found]) -> int:
    """Sum the weights of the keywords found, leaving out those that lie inside a longer one."""
    return sum(weight(keyword) for start, end, keyword in found if not _inside(start, end, found))


def _inside(start: int, end: int, found: list[Found]) -> bool:
    return any(low <= start and end <= high and (low, high) != (start, end) for low, high, _ in found)
