"""Who can help to mediate at a place: the posts of its grids and its community that somebody holds (R36)."""

from typing import Final

from django.db.models import Q

from shige.trust.models import Post
from shige.trust.queries import posts_in_office

from .models import Matter
from .workflow import COMMITTEE

HELPING: Final = (
    "micro_worker", "exclusive_worker", "fulltime_worker", "community_chief", "community_secretary",
    "community_staff", "property_company",
)  # fmt: skip


def co_mediators(matter: Matter) -> list[Post]:
    """Return the posts in office that can sit in beside the owner, by name; one statement."""
    near = Q(area__in=[pk for pk in (matter.leaf_id, matter.general_id) if pk])
    community = Q(area__community=matter.community_id, area__level="community")
    found = posts_in_office().filter(near | community, role__in=HELPING)
    return list(found.exclude(pk=matter.owner_id).order_by("name", "pk")) if matter.community_id else []


def committee_of(matter: Matter) -> Post | None:
    """Return the post of the street's people's mediation committee that somebody holds."""
    return posts_in_office().filter(role=COMMITTEE, area=matter.street_id).order_by("pk").first()
