"""How good the suggestion of categories is, for the settings page."""

from datetime import datetime

from django import template

from shige.language.learned import Scores
from shige.matters.categories import category_name
from shige.matters.suggesting import learned, stored
from shige.trust.embedding import embedder, embedding_fault

register = template.Library()


@register.inclusion_tag("components/suggestion.html")
def suggestion_quality() -> dict[str, object]:
    """Show what was learned, when, from how much, and how much better it is than keywords alone."""
    held = stored()
    engine = {"engine": embedder(), "engine_fault": embedding_fault()}
    if held is None:
        return engine | {"learned": None}
    quality = held.quality
    return engine | {
        "learned": held,
        "trained_at": datetime.fromisoformat(held.trained_at),
        "in_force": learned() is not None,
        "measured": quality.learned.count,
        "basis": quality.basis,
        "rows": [
            _row("", quality.lexicon, quality.learned),
            *(_row(category_name(top.top), top.lexicon, top.learned) for top in quality.tops),
        ],
    }


def _row(name: str, before: Scores, after: Scores) -> tuple[str, tuple[int, int], tuple[int, int], int]:
    return name, _said(before), _said(after), after.count


def _said(scores: Scores) -> tuple[int, int]:
    """Return per cent right at first and right among three."""
    if not scores.count:
        return 0, 0
    return round(100 * scores.first / scores.count), round(100 * scores.three / scores.count)
