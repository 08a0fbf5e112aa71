"""Say the keys of a breakdown in words: areas by name, categories as the profile does, months by number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import pgettext

from shige.profile import Profile
from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile

from .periods import Closed

QUARTER: Final = 3
"""Months of a quarter."""

OUTSIDE: Final = "-"
"""Key of the matters whose place lies in no grid of the level."""


def labels_of(by: str, keys: Sequence[Any]) -> Mapping[Any, tuple[str, str]]:
    """Return for each key of the database the key that pages use and its word."""
    if by == "month":
        return {key: month(key) for key in keys}
    if by == "category":
        return {key: (key, category_word(profile(), key)) for key in keys}
    named = Area.objects.filter(pk__in=[key for key in keys if key is not None])
    found = {pk: (code, name) for pk, code, name in named.values_list("pk", "code", "name")}
    return {key: found.get(key, (OUTSIDE, pgettext("figures", "Outside every grid"))) for key in keys}


def month(key: datetime) -> tuple[str, str]:
    """Return a month as 2026-11."""
    text = timezone.localtime(key).strftime("%Y-%m")
    return text, text


def closed_words(period: Closed) -> str:
    """Return a period that is over in words: a month, quarter or year."""
    first, months = period.period.first, len(period.months)
    said = {"year": first.year, "month": f"{first.month:02}"}
    if months == 1:
        return pgettext("figures", "%(year)s-%(month)s") % said
    if months == QUARTER:
        quarters = (
            pgettext("figures", "first quarter of %(year)s"),
            pgettext("figures", "second quarter of %(year)s"),
            pgettext("figures", "third quarter of %(year)s"),
            pgettext("figures", "fourth quarter of %(year)s"),
        )
        return quarters[(first.month - 1) // QUARTER] % said
    return pgettext("figures", "year %(year)s") % said


def category_word(rules: Profile, code: str) -> str:
    """Return a category's word; its code where the profile has dropped it."""
    try:
        return rules.category(code).name.in_language(language())
    except KeyError:
        return code
