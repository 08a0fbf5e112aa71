"""Routing rules of the streets and districts where somebody may make them."""

from dataclasses import dataclass

from django.db.models import Q

from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.permissions import DEPARTMENTS, roles_for, roles_of
from shige.trust.queries import posts_in_office

from ...models import RoutingRule
from ...workflow.actors import numbers_known

LEVELS = ("street", "district")


def ruled_areas(viewer: Viewer) -> list[Area]:
    """Return the streets and districts whose rules ``viewer`` may make, the own ones; one statement."""
    if viewer.system:
        return list(Area.objects.filter(level__in=LEVELS).order_by("level", "sort_key"))
    own = [scope.area for scope in viewer.holding("rule.edit")]
    return list(Area.objects.filter(pk__in=own, level__in=LEVELS).order_by("level", "sort_key"))


def rules_of(viewer: Viewer, areas: list[Area]) -> list[RoutingRule]:
    """Return the rules of areas, those in force first; one statement."""
    found = RoutingRule.objects.filter(area__in=areas).select_related("post__area", "area")
    turn = {RoutingRule.State.LIVE: 0, RoutingRule.State.DRAFT: 1, RoutingRule.State.ENDED: 2}
    return sorted(found, key=lambda rule: (turn[RoutingRule.State(rule.state)], rule.order, rule.pk))


def still_known(viewer: Viewer, rules: list[RoutingRule]) -> dict[int, list[str]]:
    """Return the numbers that trying each rule found, without what was sealed since (P3); one statement."""
    tried = {rule.pk: list(rule.tried["numbers"]) if rule.tried else [] for rule in rules}
    known = numbers_known(viewer, {number for numbers in tried.values() for number in numbers})
    return {pk: [number for number in numbers if number in known] for pk, numbers in tried.items()}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a rule of an area can name."""

    posts: list[Post]
    grids: list[Area]


def choices_for(area: Area) -> Choices:
    """Return the posts in office in an area, the departments over it, and its communities and grids."""
    column = f"area__{area.level}"
    over = Q(role__in=roles_of(DEPARTMENTS), area__in=[pk for pk in (area.street_id, area.district_id) if pk])
    handling = posts_in_office().filter(role__in=roles_for("matter.handle"))
    posts = handling.filter(Q(**{column: area}) | over)
    inside = Area.objects.filter(**{area.level: area}, level__in=("community", "general", "exclusive"))
    communities = inside.filter(Q(kind="division") | ~Q(level="community"))
    return Choices(
        list(posts.select_related("area").order_by("name", "pk")), list(communities.order_by("code"))
    )
