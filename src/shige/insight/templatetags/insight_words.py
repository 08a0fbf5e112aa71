"""Say what figures compare, and shares in per cent."""

from django import template
from django.utils.functional import Promise

from shige.insight.charts import rate
from shige.insight.forms import BY_WORDS
from shige.insight.queries import By

register = template.Library()
register.filter("percent", rate)


@register.filter
def by_word(by: By) -> str | Promise:
    """Return the word for what a breakdown compares."""
    return BY_WORDS[by]
