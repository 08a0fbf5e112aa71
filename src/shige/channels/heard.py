"""What the program hears in somebody's words: an emergency first of all (P4), else likely categories."""

import hashlib
from collections.abc import Iterable

from shige.matters.danger import hear
from shige.matters.suggesting import suggest
from shige.profile import Category
from shige.trust.jurisdiction import language, profile

from .calls import advice, call_for


def heard_in(words: str) -> dict[str, object]:
    """Return what the words speak of: an emergency, likely categories."""
    found = hear(words).first
    if found is not None:
        return {"calls": call_for(found), "advice": advice(found)}
    return {"likely": likely(words), "of": heard_key(words)}


def heard_key(words: str) -> str:
    """Return what tells whether offered categories belong to these words."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def likely(words: str) -> list[dict[str, str]]:
    """Return the categories of which the words speak most, as code and name."""
    suggested = (category for category, _share in suggest(words))
    return named(suggested)


def named(categories: Iterable[Category]) -> list[dict[str, str]]:
    """Return categories as code and name in the language of the page."""
    said = language()
    return [{"code": category.code, "name": category.name.in_language(said)} for category in categories]


def is_category(code: str) -> bool:
    """Say whether there is a category with this code."""
    return bool(name_of(code))


def name_of(code: str) -> str:
    """Return the name of a category in the language of the page; empty where there is none."""
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return ""
