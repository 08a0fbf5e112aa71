"""How good the suggestion of categories is, for the settings page."""

from datetime import datetime

from django import template

from shige.language.category.model import Scores
from shige.matters.categories import group_name
from shige.matters.filing.suggestion import model_in_force, stored
from shige.trust.embedding import embedder, embedding_fault

register = template.Library()


@register.inclusion_tag("components/suggestion.html")
def suggestion_quality() -> dict[str, object]:
    """Show what was learned, when, from how much, and how much better it is than keywords alone."""
    held, model = stored(), model_in_force()
    shown: dict[str, object] = {"engine": embedder(), "engine_fault": embedding_fault(), "model": model}
    shown |= {"outdated": held is not None and held is not model}
    if model is None:
        return shown
    quality = model.quality
    rows = [_row(group_name(top.top), top.keywords, top.learned) for top in quality.tops]
    return shown | {
        "shipped": held is not model,
        "trained_at": datetime.fromisoformat(model.trained_at),
        "measured": quality.learned.count,
        "basis": quality.basis,
        "rows": [_row("", quality.keywords, quality.learned), *rows],
    }


def _row(name: str, before: Scores, after: Scores) -> tuple[str, tuple[int, int], tuple[int, int], int]:
    return name, _said(before), _said(after), after.count


def _said(scores: Scores) -> tuple[int, int]:
    """Return per cent right at first and right among three."""
    if not scores.count:
        return 0, 0
    return round(100 * scores.first / scores.count), round(100 * scores.three / scores.count)
