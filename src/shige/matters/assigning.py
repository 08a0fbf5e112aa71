"""Who gets a matter that comes in, and why: the office's own rules first, then the profile's tiers (R22)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import GUARDED, Category, Profile
from shige.trust.gate import BELOW_STREET, KEPT_FROM, Lineage
from shige.trust.in_office import holders_of
from shige.trust.models import Post
from shige.trust.served import kept_from
from shige.trust.ties import Sealed

from .acting import lineage_of_matter
from .clock import now
from .deadlines import at_work
from .models import Matter, RoutingRule
from .routing import Owner, Told, route

ANY_RULE: Final = "SELECT EXISTS (SELECT FROM matters_routingrule WHERE area_id = ANY (%s) AND state = %s)"

TIERS: Final = {"micro": "M", "exclusive": "M", "general": "G", "community": "C", "street": "S"}
"""On which tier a post answers, by the level of its area; departments and the district answer on D."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule looks at: category, place, tier and moment of a matter; ``told`` says whom it is about."""

    category: Category
    lineage: Lineage
    tier: str
    moment: datetime
    told: Told

    @classmethod
    def about(cls, matter: Matter, category: Category) -> "Question":
        """Ask now, for a matter that is there, as it would be in a category."""
        told = Told(matter.reported_at, matter.pk)
        return cls(category, lineage_of_matter(matter), category.tier, now(), told)


def assigned(rules: Profile, asked: Question) -> Owner:
    """Return who answers, with the reason in ``remark``; of what is guarded always the trained post (P4).

    Raises
    ------
    ValidationError
        No post at all, up to the district, is held by anybody.
    """
    if asked.category.kind == GUARDED:
        return route(rules, asked.category, asked.lineage, asked.tier, asked.told)
    told = asked.told.sealed_as(asked.category, asked.lineage)
    for rule in live_rules(asked.lineage):
        if speaks(rules, rule, asked) and (holders := hearing(rule.post_id, told)):
            with override(rules.language):
                why = _("By the rule “%(name)s”.") % {"name": rule.name}
            return Owner(rule.post.pk, rule.post.name, tier_of(rule.post), why, holders)
    owner = route(rules, asked.category, asked.lineage, asked.tier, asked.told)
    return replace(owner, remark=owner.remark or _why(rules, asked, owner))


def hearing(post: int, told: Sealed) -> tuple[int, ...]:
    """Return who holds a post today and may know of something (P3)."""
    holders = holders_of(post)
    about = kept_from(holders, told)
    return tuple(person for person in holders if person not in about)


def live_rules(lineage: Lineage) -> Iterable[RoutingRule]:
    """Return the rules of the street and the district of a place, the street's first; two statements.

    The first asks whether there are any: most offices have none, and every filing asks.
    """
    areas = [area for area in (lineage.street, lineage.district) if area]
    if not _any_rule(areas):
        return []
    found = RoutingRule.objects.filter(area__in=areas, state=RoutingRule.State.LIVE)
    return sorted(found.select_related("post__area"), key=lambda rule: turn_of(rule, lineage))


def turn_of(rule: RoutingRule, lineage: Lineage) -> tuple[bool, int, int]:
    """Return by what the rules of a place are put in order: the street's first, then as they are numbered."""
    return rule.area_id != lineage.street, rule.order, rule.pk


def _any_rule(areas: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ANY_RULE, [areas, RoutingRule.State.LIVE.value])
        return bool(cursor.fetchone()[0])


def speaks(rules: Profile, rule: RoutingRule, asked: Question) -> bool:
    """Say whether a rule speaks of a matter that its post may have."""
    return _names(rule, asked) and fits(rules, rule.post, asked.category)


def _names(rule: RoutingRule, asked: Question) -> bool:
    lineage = asked.lineage
    places = {lineage.community, lineage.general, lineage.leaf, lineage.street}
    named = {asked.category.code, asked.category.top}
    return (
        (not rule.categories or not named.isdisjoint(rule.categories))
        and (not rule.grids or not places.isdisjoint(rule.grids))
        and (not rule.tiers or asked.tier in rule.tiers)
        and _at_its_hours(rule, asked.moment)
    )


def fits(rules: Profile, post: Post, category: Category) -> bool:
    """Say whether a post may have a category: by its duties (R19), by the protection of people (P3, P4)."""
    level = post.area.level
    if level in KEPT_FROM[category.seal] or (category.never_mediate and level in BELOW_STREET):
        return False
    return rules.refusal(post.role, category.code) is None


def tier_of(post: Post) -> str:
    """Return the tier on which a post answers."""
    return "D" if post.role == "department" else TIERS.get(post.area.level, "D")


def _at_its_hours(rule: RoutingRule, moment: datetime) -> bool:
    if rule.hours == RoutingRule.Hours.ALWAYS:
        return True
    return at_work(moment) == (rule.hours == RoutingRule.Hours.OFFICE)


def _why(rules: Profile, asked: Question, owner: Owner) -> str:
    with override(rules.language):
        said = _("“%(category)s” is answered on the tier “%(tier)s” of its place.")
    names = {"category": asked.category.name, "tier": rules.tier(owner.tier).name}
    return said % {key: name.in_language(rules.language) for key, name in names.items()}
