"""Who gets a matter that comes in, and why: the office's own rules first, then the profile's tiers (R22)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import GUARDED, Category, Profile
from shige.territory.models import Area
from shige.trust.concerned_persons import Sealed
from shige.trust.gate import BELOW_STREET, KEPT_FROM, Lineage
from shige.trust.in_office import holders_of
from shige.trust.models import Post
from shige.trust.permissions import DEPARTMENTS, MEDIATORS, roles_of
from shige.trust.service_history import kept_from

from ..clock import now
from ..models import Matter, RoutingRule
from ..workflow.actors import lineage_of_matter
from ..workflow.deadlines import at_work
from .routing import Owner, ReportMoment, route

RULE: Final = tuple(field.attname for field in RoutingRule._meta.concrete_fields if field.attname != "tried")
POST: Final = tuple(field.attname for field in Post._meta.concrete_fields)
AREA: Final = ("id", "level")
LIVE: Final = f"""
SELECT {", ".join(f'rule."{name}"' for name in RULE)}, {", ".join(f'post."{name}"' for name in POST)},
       {", ".join(f'area."{name}"' for name in AREA)}
FROM matters_routingrule AS rule
JOIN trust_post AS post ON post.id = rule.post_id
JOIN territory_area AS area ON area.id = post.area_id
WHERE rule.area_id = ANY (%s) AND rule.state = %s
"""  # noqa: S608
"""Every filing asks, so it is written out: composing it took longer than answering it."""

TIERS: Final = {"micro": "M", "exclusive": "M", "general": "G", "community": "C", "street": "S"}
"""On which tier a post answers, by the level of its area; departments and the district answer on D."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule looks at: category, place, tier and moment of a matter; ``told`` says whom it is about."""

    category: Category
    lineage: Lineage
    tier: str
    moment: datetime
    told: ReportMoment

    @classmethod
    def about(cls, matter: Matter, category: Category) -> "Question":
        """Ask now, for a matter that is there, as it would be in a category."""
        told = ReportMoment(matter.reported_at, matter.pk)
        return cls(category, lineage_of_matter(matter), category.tier, now(), told)


def assigned(rules: Profile, asked: Question) -> Owner:
    """Return who answers, with the reason in ``remark``.

    What is guarded the trained post answers (P4), and the independent post what is its own (P3), whatever the
    rules of those say whom it may be about.

    Raises
    ------
    ValidationError
        No post at all, up to the district, is held by anybody.
    """
    own = rules.guard.independent and asked.category.department == rules.guard.independent
    if own or asked.category.kind == GUARDED:
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
    """Return the rules of the street and the district of a place, the street's first; one statement."""
    areas = [area for area in (lineage.street, lineage.district) if area]
    with connection.cursor() as cursor:
        cursor.execute(LIVE, [areas, RoutingRule.State.LIVE.value])
        found = [_rule(row) for row in cursor.fetchall()]
    return sorted(found, key=lambda rule: turn_of(rule, lineage))


def _rule(row: Sequence[Any]) -> RoutingRule:
    """Return a rule with its post and the post's area."""
    values = iter(row)
    rule = RoutingRule.from_db(connection.alias, RULE, list(islice(values, len(RULE))))
    rule.post = Post.from_db(connection.alias, POST, list(islice(values, len(POST))))
    rule.post.area = Area.from_db(connection.alias, AREA, list(values))
    return rule


def turn_of(rule: RoutingRule, lineage: Lineage) -> tuple[bool, int, int]:
    """Return by what the rules of a place are put in order: the street's first, then as they are numbered."""
    return rule.area_id != lineage.street, rule.order, rule.pk


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
    mediates = level in BELOW_STREET or post.role in roles_of(MEDIATORS)
    if level in KEPT_FROM[category.seal] or (category.never_mediate and mediates):
        return False
    return rules.refusal(post.role, category.code) is None


def tier_of(post: Post) -> str:
    """Return the tier on which a post answers."""
    return "D" if post.role in roles_of(DEPARTMENTS) else TIERS.get(post.area.level, "D")


def _at_its_hours(rule: RoutingRule, moment: datetime) -> bool:
    if rule.hours == RoutingRule.Hours.ALWAYS:
        return True
    return at_work(moment) == (rule.hours == RoutingRule.Hours.OFFICE)


def _why(rules: Profile, asked: Question, owner: Owner) -> str:
    with override(rules.language):
        said = _("“%(category)s” is answered on the tier “%(tier)s” of its place.")
    names = {"category": asked.category.name, "tier": rules.tier(owner.tier).name}
    return said % {key: name.in_language(rules.language) for key, name in names.items()}
