"""Which organisations and grids somebody's register is of, and the words for its parts."""

import re
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from shige.language.surnames import SURNAME
from shige.redline.models import Standing
from shige.redline.reach import may_for
from shige.territory.grids.queries.grids import in_force
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.in_office import held_posts
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Person
from shige.trust.permissions import roles_for
from shige.trust.queries import today, viewer_of

WAITS: Final = timedelta(days=14)
"""How long an invitation, and a declaration that nobody confirms, is kept."""

MOST_PLACES: Final = 5000
MOST_MONTHLY: Final = 200
MOST_AT_ONCE: Final = 24
SERVED: Final = ("general", "micro", "exclusive")


def invites_still(person: int | None, number: int) -> bool:
    """Say whether whoever made an invitation may still do so for its organisation: it ends with that."""
    if person is None:  # the program's own
        return True
    maker = Person.objects.filter(pk=person).first()
    return maker is not None and may_for(viewer_of(maker), "member.invite", number) is not None


def deciders(standing: Standing, apart_from: int | None) -> list[int]:
    """Return who is told that a declaration waits: who confirms it in the community, else in the street."""
    line, roles = lineage_of(standing.area), roles_for("member.invite")
    for area in filter(None, (line.community, line.street)):
        held = {person for post in held_posts([area], roles) for person in post.holders} - {apart_from}
        if held:
            return sorted(held)
    return []


def homes() -> dict[str, Standing]:
    """Return the organisation to which whoever works elsewhere reports, by the code of its community.

    It is the one that oversees the community; where none does, the first that has its seat there.
    """
    living = Standing.objects.filter(valid__contains=today(), area__community__isnull=False)
    rows = living.select_related("area__community", "area__street")
    found: dict[str, Standing] = {}
    for row in rows.order_by("area__community__sort_key", "organisation"):
        community = row.area.community
        whole = row.tied and row.area.level == "community"
        if community is not None and (community.code not in found or whole):
            found[community.code] = row
    return found


def grids_of(standing: Standing) -> list[Area]:
    """Return where members of an organisation may serve: the communities and grids around its seat."""
    area = standing.area
    around = Q(community=area.community_id) if area.community_id else Q(street=area.street_id)
    grids = Q(level__in=SERVED, pk__in=in_force().values("area"))
    found = Area.objects.filter(around, grids | Q(kind=Area.Kind.DIVISION, level="community"))
    return list(found.select_related("community").order_by("community__sort_key", "code"))


def offer_names() -> dict[str, str]:
    """Return the words for each kind of help of the profile."""
    return {offer.code: offer.name.in_language(language()) for offer in profile().offers}


def check_offers(offers: list[str]) -> None:
    """Refuse a kind of help that the profile does not know."""
    if set(offers) - offer_names().keys():
        raise ValidationError({"offers": _("Choose from what is offered.")})


def shortened(name: str) -> str:
    """Return how the register's list calls somebody: by the family name alone."""
    family = re.match(SURNAME, name)
    return f"{family[0] if family else name[:1]}某" if name else ""
