"""Who can help to mediate at a place: the posts of its grids and its community that somebody holds (R36)."""

from typing import Final

from django.db.models import Q

from shige.matters.models import Matter
from shige.matters.workflow.handlers import Helpers
from shige.trust.models import Post
from shige.trust.permissions import MEDIATORS, Groups, roles_of
from shige.trust.queries import posts_in_office

from ..models import MediationSession

HELPING: Final[Groups] = frozenset({"helper"})


def mediated_by(matter: Matter) -> Helpers:
    """Return who has sat in the sessions of a dispute."""
    sessions = MediationSession.objects.filter(mediation__matter=matter)
    helpers = sessions.exclude(helpers=None).values_list("helpers", flat=True)
    return Helpers(list(helpers), list(sessions.values_list("person", flat=True)))


def session_held(matter: Matter) -> bool:
    """Say whether a session of mediation was written down."""
    return MediationSession.objects.filter(mediation__matter=matter).exists()


def committee_known(matter: Matter) -> bool:
    """Say whether the profile has a people's mediation committee; of any matter."""
    return bool(roles_of(MEDIATORS))


def co_mediators(matter: Matter) -> list[Post]:
    """Return the posts in office that can sit in beside the owner, by name; one statement."""
    near = Q(area__in=[pk for pk in (matter.leaf_id, matter.general_id) if pk])
    community = Q(area__community=matter.community_id, area__level="community")
    found = posts_in_office().filter(near | community, role__in=roles_of(HELPING))
    return list(found.exclude(pk=matter.owner_id).order_by("name", "pk")) if matter.community_id else []


def committee_of(matter: Matter) -> Post | None:
    """Return the post of the street's people's mediation committee that somebody holds."""
    return (
        posts_in_office().filter(role__in=roles_of(MEDIATORS), area=matter.street_id).order_by("pk").first()
    )
