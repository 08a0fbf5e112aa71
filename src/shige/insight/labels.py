"""Say the keys of a breakdown in words: areas by name, categories as the profile does, months by number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import pgettext

from shige.profile import Profile
from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile

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


def category_word(rules: Profile, code: str) -> str:
    """Return a category's word; its code where the profile has dropped it."""
    try:
        return rules.category(code).name.in_language(language())
    except KeyError:
        return code
