"""Whether the parts of a profile fit together: every code that one part names exists in another."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from shige.profile.emergencies import own_words

if TYPE_CHECKING:
    from shige.profile.categories import Category
    from shige.profile.model import Profile
    from shige.profile.people import Role

AREA_LEVELS = ("district", "street", "community", "general", "micro", "exclusive")


def problems_of(profile: "Profile") -> list[str]:
    """List everything that does not fit, each with its place in the file and what to mend."""
    return [
        *_repeated(profile),
        *_missing_levels(profile),
        *_unknown_names(profile),
        *_category_problems(profile),
        *_emergency_problems(profile),
        *_sign_problems(profile),
        *_warning_problems(profile),
        *_advice_problems(profile),
        *_thing_problems(profile),
        *_language_problems(profile),
        *_hour_problems(profile),
    ]


def _repeated(profile: "Profile") -> Iterator[str]:
    categories = [code for top in profile.categories for code in (top.code, *(c.code for c in top.children))]
    lists = {
        "levels": [part.code for part in profile.levels],
        "roles": [part.code for part in profile.roles],
        "tiers": [part.code for part in profile.tiers],
        "departments": [part.code for part in profile.departments],
        "categories": categories,
        "numbers": [part.number for part in profile.numbers],
        "emergencies": [part.code for part in profile.emergencies],
        "redline": [part.code for part in profile.redline],
        "things": [part.code for part in profile.things],
        "service_points": [part.code for part in profile.service_points],
        "duties": [part.role for part in profile.duties],
        "themes": [part.code for part in profile.themes],
        "offers": [part.code for part in profile.offers],
        "workflows": [part.code for part in profile.workflows],
        "seasons": [part.code for part in profile.seasons],
        "weather": [part.code for part in profile.weather],
        "advice": [part.code for part in profile.advice],
    }
    for name, codes in lists.items():
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"{name}[{code}]: stands {times} times; every code stands once"


def _missing_levels(profile: "Profile") -> Iterator[str]:
    present = {level.code for level in profile.levels}
    for code in AREA_LEVELS:
        if code not in present:
            yield f"levels: has no {code!r}; every area has {', '.join(AREA_LEVELS)}, in words of your own"


def _unknown_names(profile: "Profile") -> Iterator[str]:
    levels = {level.code for level in profile.levels}
    roles = {role.code for role in profile.roles}
    tiers = {tier.code for tier in profile.tiers}
    for role in profile.roles:
        yield from _unknown(f"roles[{role.code}].levels", role.levels, levels, "level")
        yield from _unknown(f"roles[{role.code}].appoints", role.appoints, levels, "level")
        yield from _unknown(f"roles[{role.code}].appointed_from", role.appointed_from, levels, "level")
        yield from _unknown(f"roles[{role.code}].appointed_by", role.appointed_by, roles, "role")
        yield from _not_below(profile, role)
    for tier in profile.tiers:
        where = f"tiers[{tier.code}]"
        yield from _unknown(f"{where}.level", [tier.level], levels, "level")
        yield from _unknown(f"{where}.role", [tier.role], roles, "role")
        yield from _unknown(f"{where}.role_in_exclusive", [tier.role_in_exclusive], roles, "role")
        yield from _unknown(f"{where}.above", [tier.above], tiers, "tier")
    for pair in profile.redline:
        where = f"redline[{pair.code}]"
        yield from _unknown(f"{where}.oversees", [pair.oversees], levels, "level")
        yield from _unknown(f"{where}.otherwise", [pair.otherwise], levels, "level")
    known = _category_codes(profile)
    for listed in profile.duties:
        yield from _unknown(f"duties[{listed.role}].role", [listed.role], roles, "role")
        for article in listed.articles:
            where = f"duties[{listed.role}].articles[{article.code}].categories"
            yield from _unknown(where, article.categories, known, "category")
    yield from _unknown("guard.role", [profile.guard.role or None], roles, "role")
    yield from _unguarded(profile)
    departments = {department.code for department in profile.departments}
    yield from _unknown("guard.independent", [profile.guard.independent or None], departments, "department")
    rule = profile.full_time
    yield from _unknown("full_time.roles", rule.roles, roles, "role")
    yield from _unknown("full_time.conflicting_roles", rule.conflicting_roles, roles, "role")


def _unguarded(profile: "Profile") -> Iterator[str]:
    """Name what is missing for complaints about whoever runs the whole area: nobody answers for themself."""
    guard = profile.guard
    if not guard.highest:
        yield "guard.highest: is missing; list the words that name who runs the whole area, such as a mayor"
    if not guard.independent:
        yield "guard.independent: is missing; name the department, under none of them, that answers it"
    if guard.call is None:
        yield "guard.call: is missing; say whom to call while nobody of guard.independent is in office"


def _not_below(profile: "Profile", role: "Role") -> Iterator[str]:
    """Name a role that would staff posts of its own level or above: nobody appoints their equals."""
    down = [level.code for level in profile.levels]
    lowest = max((down.index(level) for level in role.levels if level in down), default=0)
    for level in role.appoints:
        if level in down and down.index(level) <= lowest:
            yield f"roles[{role.code}].appoints: {level} is not below the levels of the role itself"


def _category_problems(profile: "Profile") -> Iterator[str]:
    tiers = {tier.code for tier in profile.tiers}
    departments = {department.code for department in profile.departments}
    roles = {role.code for role in profile.roles}
    kinds = {workflow.code for workflow in profile.workflows if workflow.of == "matter"}
    for top in profile.categories:
        if "." in top.code:
            yield f"categories[{top.code}]: a top category has two digits, such as {top.code[:2]}"
        for category in (top, *top.children):
            where = f"categories[{category.code}]"
            yield from _unknown(f"{where}.tier", [category.tier], tiers, "tier")
            yield from _unknown(f"{where}.department", [category.department], departments, "department")
            yield from _unknown(f"{where}.role", [category.role], roles, "role")
            yield from _unknown(f"{where}.kind", [category.kind], kinds, "workflow")
            if category.kind == "dispute" and category.never_mediate:
                yield f'{where}.kind: a dispute is mediated, but mediation = "never" (P4)'
            yield from _given_to_nobody(profile, category)
            yield from _limits_off_the_clock(profile, category)
        for child in top.children:
            if not child.code.startswith(f"{top.code}.") or child.children:
                yield f"categories[{child.code}]: under {top.code} it is {top.code}.1, with none below"


def _given_to_nobody(profile: "Profile", category: "Category") -> Iterator[str]:
    """Name a category whose own tier's role has it not among its duties: it would never be answered there."""
    role = category.role or next((tier.role for tier in profile.tiers if tier.code == category.tier), None)
    listed = next((listed for listed in profile.duties if listed.role == role), None)
    if listed and listed.refusal(category.code):
        yield f"categories[{category.code}].tier: {category.tier} leads to {role!r}, whose duties refuse it"


def _limits_off_the_clock(profile: "Profile", category: "Category") -> Iterator[str]:
    by_the_clock = any(tier.code == category.tier and tier.elapsed for tier in profile.tiers)
    for name, limit in (("respond", category.respond), ("resolve", category.resolve)):
        if by_the_clock and limit.unit == "wd":
            yield f"categories[{category.code}].{name}: tier {category.tier} is by the clock; write min or h"


def _emergency_problems(profile: "Profile") -> Iterator[str]:
    numbers = {number.number for number in profile.numbers}
    categories = {category.code: category for category in profile.leaf_categories}
    for emergency in profile.emergencies:
        where = f"emergencies[{emergency.code}]"
        yield from _unknown(f"{where}.number", [emergency.number, *emergency.also], numbers, "number")
        yield from _unknown(f"{where}.category", [emergency.category], set(categories), "sub-category")
        if not emergency.words:
            known = set(profile.danger.kinds)
            yield from _unknown(
                f"{where}.kinds", emergency.answers, known, "kind of danger (or give `words`)"
            )
        category = categories.get(emergency.category)
        if category and not category.never_mediate:
            yield f'{where}.category: mediation = "never" is missing at {category.code} (P4)'
        if category and emergency.persons and not category.confidential:
            yield f"{where}.category: {category.code} is not confidential, but persons are in danger (P4)"


def _sign_problems(profile: "Profile") -> Iterator[str]:
    try:
        own_words(profile.danger, profile.emergencies)
    except ValueError as error:
        yield f"emergencies: {error}"


def _warning_problems(profile: "Profile") -> Iterator[str]:
    known = _category_codes(profile)
    for season in profile.seasons:
        yield from _unknown(f"seasons[{season.code}].categories", season.categories, known, "category")
        if season.spring_festival and profile.calendar != "china":
            yield f'seasons[{season.code}].spring_festival: needs calendar = "china"'
    for kind in profile.weather:
        yield from _unknown(f"weather[{kind.code}].categories", kind.categories, known, "category")


def _advice_problems(profile: "Profile") -> Iterator[str]:
    given = {advice.code: advice for advice in profile.advice}
    yield from _unknown("advice", given, _category_codes(profile), "category")
    for top in profile.categories:
        advice = given.get(top.code)
        for part in ("call", "bring", "whose"):
            if advice is None or getattr(advice, part) is None:
                yield f"advice[{top.code}].{part}: is missing; each top category says it for those below it"


def _category_codes(profile: "Profile") -> set[str]:
    return {category.code for top in profile.categories for category in (top, *top.children)}


def _thing_problems(profile: "Profile") -> Iterator[str]:
    """Name a kind whose defects could not be filed so that whoever keeps the thing reads them."""
    categories = {category.code: category for category in profile.leaf_categories}
    for kind in profile.things:
        where = f"things[{kind.code}].category"
        yield from _unknown(where, [kind.category], set(categories), "sub-category")
        category = categories.get(kind.category)
        if category and not category.impersonal:
            yield f"{where}: {kind.category} is confidential, or neither an ordinary matter nor a hazard"


def _language_problems(profile: "Profile") -> Iterator[str]:
    if profile.language not in profile.languages:
        yield f"language: {profile.language!r} is not among languages {list(profile.languages)}"


def _hour_problems(profile: "Profile") -> Iterator[str]:
    if profile.calendar == "china" and not profile.hours.make_up:
        yield "hours.make_up: is empty; give the hours of make-up working days (调休)"


def _unknown(where: str, named: Iterable[str | None], known: set[str], kind: str) -> Iterator[str]:
    for name in named:
        if name is not None and name not in known:
            yield f"{where}: there is no {kind} {name!r}; known are {', '.join(sorted(known))}"
