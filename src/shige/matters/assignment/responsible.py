"""Who can be responsible for a measure: street, communities, property companies, departments (R23)."""

from typing import Final

from django.db.models import Q

from shige.trust.models import Post
from shige.trust.permissions import DEPARTMENTS, STREET, Groups, roles_of
from shige.trust.queries import posts_in_office

from ..models import Matter

OF_THE_STREET: Final[Groups] = STREET | {"answerable"}


def responsible_posts(matter: Matter) -> list[Post]:
    """Return the posts in office of a matter's street and the departments over it, by area and name."""
    over = Q(
        role__in=roles_of(DEPARTMENTS), area__in=[pk for pk in (matter.street_id, matter.district_id) if pk]
    )
    inside = Q(role__in=roles_of(OF_THE_STREET), area__street=matter.street_id)
    found = posts_in_office().filter(over | inside).select_related("area")
    return list(found.order_by("name", "pk")) if matter.street_id else []
