"""The category of a matter as the profile of today knows it, also after it was retired."""

from typing import Final

from shige.language.danger import dangers_in
from shige.profile import Category
from shige.profile.categories import EXCLUDED
from shige.trust.jurisdiction import language, profile

from .models import Matter

UNSORTED: Final = "11"
"""Suggestions: where the community's own people sort what fits no category."""


def category_of(code: str) -> Category:
    """Return a category in force; for a retired one its top category, else the one for what fits nowhere."""
    for known in (code, code[:2]):
        try:
            return profile().category(known)
        except KeyError:
            continue
    return unsorted()


def category_of_matter(matter: Matter) -> Category:
    """Return the category of a matter as it holds for this one, so that what is sealed stays guarded (P3)."""
    return as_guarded(category_of(matter.category), sealed=matter.sealed)


def as_guarded(category: Category, *, sealed: int) -> Category:
    """Return a category as it holds for a matter: one that is sealed stays above whom it is about (P3)."""
    if sealed <= category.seal:
        return category
    return category.model_copy(update={"excluded_chain": EXCLUDED[sealed]})


def place_tells(code: str, *, confidential: bool) -> bool:
    """Say whether the place alone would tell neighbours whom a matter is about, such as violence (P4)."""
    return confidential and category_of(code).never_mediate


def in_danger(words: str, chosen: Category | None = None) -> Category | None:
    """Return the category of the danger that words speak of, else the one chosen.

    Of several dangers, and of one chosen, it is the first that guards people as well as the others (P3, P4).
    """
    for danger in dangers_in(profile(), words):
        category = profile().category(danger.emergency.category)
        if chosen is None or not _guards_as(chosen, category):
            chosen = category
    return chosen


def _guards_as(chosen: Category, danger: Category) -> bool:
    as_well = chosen.tier == danger.tier and chosen.confidential >= danger.confidential
    return chosen.never_mediate and (as_well or chosen.seal > 0)


def unsorted() -> Category:
    """Return the category whose people sort what fits nowhere."""
    rules = profile()
    return next((top for top in rules.categories if top.code == UNSORTED), rules.categories[-1])


def planned_categories() -> list[str]:
    """Return the codes of the categories that ask for a plan (claims of groups, R23)."""
    return [leaf.code for leaf in profile().leaf_categories if leaf.plan]


def category_name(code: str) -> str:
    """Return the words for a category; a code that the profile has dropped stays as it is."""
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return code


def may_be_public(matter: Matter) -> bool:
    """Say whether anything of a matter may be published, in an office's own words (P3, P4)."""
    category = category_of_matter(matter)
    guarded = category.confidential or category.seal > 0 or category.never_mediate
    return not (matter.confidential or matter.sealed or guarded)
