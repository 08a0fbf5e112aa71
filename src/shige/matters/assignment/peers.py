"""Which other posts of the same tier could take a matter on."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Q

from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.permissions import DEPARTMENTS, STREET, roles_of
from shige.trust.queries import posts_in_office
from shige.trust.service_history import posts_kept_from

from ..models import Matter
from ..workflow.actors import sealed_of

WITHIN: Final[Mapping[str, str]] = {"M": "community", "G": "community", "C": "street", "S": "street"}
"""How far a matter may be passed on: among the grids of a community, the communities of a street."""


def peers(matter: Matter) -> list[Post]:
    """Return the posts in office that could have the matter instead of its owner, by name."""
    return [post for post in posts_of_its_tier(matter) if post.pk != matter.owner_id]


def posts_of_its_tier(matter: Matter) -> list[Post]:
    """Return the posts in office that could have the matter, its owner among them, by name; one statement.

    Of a sealed one those are left out that only people hold whom it may be about (P3); two statements more.
    """
    found = list(posts_in_office().filter(_fitting(matter)).select_related("area").order_by("name", "pk"))
    kept = posts_kept_from((post.pk for post in found), sealed_of(matter))
    return [post for post in found if post.pk not in kept]


def _fitting(matter: Matter) -> Q:
    if matter.tier in ("D", "X"):
        areas = [area for area in (matter.street_id, matter.district_id) if area]
        return Q(role__in=roles_of(DEPARTMENTS), area__in=areas)
    tier = profile().tier(matter.tier)
    roles = {tier.role, tier.role_in_exclusive} - {None}
    if matter.tier == "S":
        return Q(role__in=roles | roles_of(STREET), area=matter.street_id)
    within = WITHIN[matter.tier]
    return Q(role__in=roles, **{f"area__{within}": getattr(matter, f"{within}_id")})
