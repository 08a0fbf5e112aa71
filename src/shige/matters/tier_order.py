"""The tiers on which somebody can answer, and the lowest that a category may come to (R22, P3, P4)."""

from typing import Final

from shige.profile import Category

LADDER: Final = ("M", "G", "C", "S", "D")
"""Tiers from the household's door upwards; X stands beside D, its emergency number was shown first."""

LOWEST_SAFE: Final = ("M", "S", "D")
"""By its seal, the lowest tier that may have a matter (P3); what is never mediated comes no lower than the
street either (P4)."""


def safe(category: Category, tier: str) -> str:
    """Lift a tier to the lowest that may have the category (P3, P4)."""
    lowest = LOWEST_SAFE[max(category.seal, int(category.never_mediate))]
    return lowest if tier in LADDER[: LADDER.index(lowest)] else tier


def above(tier: str) -> str | None:
    """Return the next tier up; None from the top."""
    return None if tier in ("D", "X") else LADDER[LADDER.index(tier) + 1]


def below(category: Category, tier: str) -> str | None:
    """Return the next tier down that may have the matter; None where there is none."""
    place = LADDER.index("D" if tier == "X" else tier)
    lower = LADDER[place - 1] if place else None
    return lower if lower and safe(category, lower) == lower else None
