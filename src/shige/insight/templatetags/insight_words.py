"""Say what figures compare, and shares in per cent."""

from collections.abc import Iterable

from django import template
from django.utils.functional import Promise

from shige.insight.charts import rate
from shige.insight.forms import BY_WORDS
from shige.insight.labels import OUTSIDE, closed_words
from shige.insight.measures import Share
from shige.insight.queries import By, FigureRow

register = template.Library()
register.filter("percent", rate)
register.filter("closed_words", closed_words)


@register.filter
def rate_words(share: Share) -> str:
    """Return a share in per cent; a dash for one of which a part is too small, or that is not judged yet."""
    found = None if share.hidden else rate(share)
    return "—" if found is None else f"{found}%"


@register.filter
def untold(rows: Iterable[FigureRow]) -> list[str]:
    """Return what the rows are called of which too few matters are there to tell any number."""
    return [row.label for row in rows if row.measures.open.hidden and row.key != OUTSIDE]


@register.filter
def by_word(by: By) -> str | Promise:
    """Return the word for what a breakdown compares."""
    return BY_WORDS[by]
