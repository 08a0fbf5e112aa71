"""What the program hears in somebody's words: an emergency first of all (P4), else likely categories."""

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from shige.language.category.suggestion import Suggestion
from shige.matters.categories import is_unsorted
from shige.matters.danger.detectors import hear
from shige.matters.filing.suggestion import suggest
from shige.matters.workflow.workflows import WISH
from shige.profile import Category
from shige.trust.jurisdiction import language, profile

from ..calls import advice, call_for


def heard_in(words: str, *, dismissed: bool = False) -> dict[str, object]:
    """Return what the words speak of: an emergency, or once a hazard was dismissed likely categories.

    ``ordinary`` says that a browser may keep them: no danger, no complaint, nothing that may hide harm.
    """
    heard = hear(words)
    if heard.first is not None and not (dismissed and heard.harm is None):
        persons = heard.alarm != "public"
        return {"calls": call_for(heard.first), "advice": advice(heard.first), "persons": persons}
    found = suggest(words, dismissed=dismissed)
    hides = any(_may_hide_harm(category) for category, _share in found.ranked[:1])
    ordinary = not (heard.first or heard.staff or hides)
    return _offered(found) | {"of": heard_key(words), "ordinary": ordinary}


def _may_hide_harm(category: Category) -> bool:
    """Say whether plain words of a category may hide what whoever else holds the phone must not read (P4)."""
    return bool(category.seal) or (category.asks_harm and not category.next_door)


def heard_key(words: str) -> str:
    """Return what tells whether offered categories belong to these words."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def likely(words: str, *, dismissed: bool = False) -> dict[str, object]:
    """Return the categories of which the words speak most, and the code of the one that stands out.

    ``dismissed`` says that somebody has answered that there is no emergency.
    """
    return _offered(suggest(words, dismissed=dismissed))


def _offered(found: Suggestion) -> dict[str, object]:
    likely_ones = named(category for category, _share in found.ranked)
    sure = found.sure.code if found.sure else ""
    return {"likely": likely_ones, "sure": sure, "sounds_like": name_of(sure)}


def named(categories: Iterable[Category]) -> list[dict[str, str]]:
    """Return categories as code and name in the language of the page."""
    said = language()
    return [{"code": category.code, "name": category.name.in_language(said)} for category in categories]


def is_category(code: str) -> bool:
    """Say whether there is a category with this code."""
    return bool(name_of(code))


def needs_no_place(code: str) -> bool:
    """Say whether a category is about people at work, praised or complained about, wherever they were."""
    return is_category(code) and profile().category(code).kind in ("complaint", "praise")


def is_wish(code: str) -> bool:
    """Say whether a category is of wishes, which are made public in the office's words."""
    return is_category(code) and profile().category(code).kind == WISH


def name_of(code: str) -> str:
    """Return the name of a category in the language of the page; empty where there is none.

    What is left to the office says so: its own name would puzzle whoever did not know a category.
    """
    if is_unsorted(code):
        return _("The office decides")
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return ""


def all_categories() -> list[dict[str, object]]:
    """Return every category under its group, as code and name in the language of the page."""
    said = language()
    return [
        {"name": top.name.in_language(said), "children": named(top.children or (top,))}
        for top in profile().categories
    ]
