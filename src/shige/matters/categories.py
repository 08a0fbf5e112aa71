"""The category of a matter as the profile of today knows it, also after it was retired."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from shige.profile import GUARDED, Category, Emergency
from shige.profile.categories import EXCLUDED
from shige.trust.jurisdiction import language, profile
from shige.trust.permissions import highest_role

from .models import Matter

UNSORTED: Final = "11"
"""Suggestions: where the community's own people sort what fits no category."""

UNSURE: Final = "unsure"
"""What a reporter says, in place of a code, who does not know which category fits."""


AT_ONCE: Final = "X"
"""The tier of departments whose emergency number was shown first."""


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
    found = as_guarded(category_of(matter.category), sealed=matter.sealed)
    return guarded(found, at_police=matter.tier == AT_ONCE) if matter.kind == GUARDED else found


def as_guarded(category: Category, *, sealed: int) -> Category:
    """Return a category as it holds for a matter: one that is sealed stays above whom it is about (P3).

    Nor is it ever mediated: a mediator works beside whoever it may be about.
    """
    if sealed <= category.seal:
        return category
    return category.model_copy(update={"excluded_chain": EXCLUDED[sealed], "mediation": "never"})


def guarded(category: Category, *, seal: int = 1, at_police: bool = False) -> Category:
    """Return a category as it holds for what may be danger to persons or about staff (P3, P4).

    A trained post of the street looks within the profile's time; of what is kept from the street as well,
    the district. ``at_police`` lets the department answer that the danger's own category names.
    """
    rules = profile()
    sealed = max(seal, category.seal, 1)
    always = {"kind": GUARDED, "confidential": True, "mediation": "never", "excluded_chain": EXCLUDED[sealed]}
    if at_police:
        danger = category if category.kind == GUARDED and category.tier == AT_ONCE else danger_category()
        names = ("tier", "respond", "resolve", "department", "role")
        return category.model_copy(update=always | {name: getattr(danger, name) for name in names})
    role, tier = (highest_role(), "D") if sealed > 1 else (rules.guard.role or rules.tier("S").role, "S")
    looks = {"respond": rules.guard.look, "department": None, "role": role, "tier": tier}
    return category.model_copy(update=always | looks)


def independent(category: Category) -> Category:
    """Return a category as it holds for what its reporter says is about an official, whatever the words tell.

    The department that is under nobody of the area answers; while nobody of it is in office, the district.
    """
    department = profile().guard.independent
    if not department:
        return category
    return category.model_copy(update={"department": department, "role": None, "tier": "D"})


def about_officials() -> Category:
    """Return the category of complaints that are sealed highest; the unsorted one where there is none."""
    leaves = profile().leaf_categories
    known = (leaf for leaf in leaves if leaf.kind == "complaint" and leaf.seal == len(EXCLUDED) - 1)
    return next(known, unsorted())


def danger_category() -> Category:
    """Return the category of danger to persons whose department is told where no other is named."""
    rules = profile()
    return next((leaf for leaf in rules.leaf_categories if leaf.kind == GUARDED), rules.categories[-1])


def place_tells(code: str, *, confidential: bool, sealed: int = 0) -> bool:
    """Say whether the place alone would tell neighbours whom a matter is about, such as violence (P3, P4)."""
    return sealed > 0 or (confidential and category_of(code).never_mediate)


def placed() -> Q:
    """Return the filter of matters whose place does not tell, as ``place_tells`` says of each.

    What a line hides, no search for its building may find either (P4).
    """
    telling = [leaf.code for leaf in profile().leaf_categories if leaf.never_mediate]
    return Q(sealed=0) & ~Q(confidential=True, category__in=telling)


def hides_place(matter: Matter) -> bool:
    """Say whether the place of a matter is for whoever may open it only."""
    return place_tells(matter.category, confidential=matter.confidential, sealed=matter.sealed)


def due_at_once(matter: Matter) -> bool:
    """Say whether a matter is answered at once, day and night, and not by a date (P4)."""
    return matter.respond_by <= matter.counted_from


def hazard_in(emergencies: Iterable[Emergency], chosen: Category | None = None) -> Category | None:
    """Return the category of the hazard that words speak of, else the one chosen.

    Of several hazards, and of one chosen, it is the first that guards people as well as the others (P3, P4).
    """
    for emergency in emergencies:
        danger = profile().category(emergency.category)
        if chosen is None or not _guards_as(chosen, danger):
            chosen = danger
    return chosen


def _guards_as(chosen: Category, danger: Category) -> bool:
    as_well = chosen.tier == danger.tier and chosen.confidential >= danger.confidential
    return chosen.never_mediate and (as_well or chosen.seal > 0)


def unsorted() -> Category:
    """Return the category whose people sort what fits nowhere."""
    rules = profile()
    return next((top for top in rules.categories if top.code == UNSORTED), rules.categories[-1])


def as_chosen(said: str | None) -> str | None:
    """Return the code that a reporter's choice stands for: who is unsure leaves it to the office."""
    return unsorted().code if said == UNSURE else said


def planned_categories() -> list[str]:
    """Return the codes of the categories that ask for a plan (claims of groups, R23)."""
    return [leaf.code for leaf in profile().leaf_categories if leaf.plan]


def is_unsorted(code: str) -> bool:
    """Say whether a matter with this category waits for somebody who sorts it."""
    return code == unsorted().code and bool(unsorted().children)


def category_name(code: str) -> str:
    """Return what a matter with a category is called: what nobody has sorted yet says so, and no group.

    A code that the profile has dropped stays as it is.
    """
    return _("Not sorted yet") if is_unsorted(code) else group_name(code)


def group_name(code: str) -> str:
    """Return the words for a category or a group of them; a dropped code stays as it is."""
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return code


def may_be_public(matter: Matter) -> bool:
    """Say whether anything of a matter may be published, in an office's own words (P3, P4)."""
    category = category_of_matter(matter)
    guarded = category.confidential or category.seal > 0 or category.never_mediate
    return not (matter.confidential or matter.sealed or guarded)
