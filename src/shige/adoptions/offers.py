"""Offers of an organisation's people to take a wish on, of which it is told (R11, R12).

Called by the frame that puts the rooms together: neither this room nor the members' register knows the other.
"""

import uuid
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.models import Matter
from shige.matters.wishes.queries.wishes import Wish, wish, wishes
from shige.redline.reach import organisation, organisations_of
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import enqueue
from shige.trust.gate import Viewer
from shige.trust.in_office import held_posts
from shige.trust.permissions import roles_for

from .models import Adoption, Offer

TOLD = "adoption.offered"


def wishes_in(communities: Collection[int]) -> list[Wish]:
    """Return the first page of wishes on offer in some communities (their keys)."""
    codes = Area.objects.filter(pk__in=communities).values_list("code", flat=True)
    return [one for code in codes for one in wishes(code).offered]


def ask(number: int, key: str) -> tuple[uuid.UUID, str]:
    """Tell an organisation that somebody of it would take a wish on; return an opaque name and public words.

    Raises
    ------
    ValidationError
        The wish is not on offer any more.
    """
    found, standing = wish(key), organisation(number)
    if found is None or standing is None:
        raise ValidationError(_("This wish is not on offer any more."))
    made = Offer.objects.create(matter_id=found.key, organisation_id=number, at=clock.now())
    line, roles = lineage_of(standing.area), roles_for("adoption.adopt")
    for area in filter(None, (line.community, line.street)):
        if asked := {person for post in held_posts([area], roles) for person in post.holders}:
            for person in sorted(asked):
                enqueue(TOLD, "adoptions", "offered", receiver=person)
            break
    return made.name, found.words


def outcomes(names: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Return what became of offers, by their opaque names."""
    offers = Offer.objects.filter(name__in=names).select_related("matter")
    told = {}
    for offer in offers:
        own = Adoption.objects.filter(claim__matter=offer.matter_id, organisation=offer.organisation_id)
        mine = own.filter(claim__ended_at=None).exists()
        if mine:
            told[offer.name] = (
                _("it is fulfilled") if offer.matter.state == "closed" else _("adopted by your organisation")
            )
        elif offer.matter.state == "offered":
            told[offer.name] = _("your organisation is told")
        else:
            told[offer.name] = _("taken on by others, or over")
    return told


def offers_for(viewer: Viewer) -> dict[int, list[str]]:
    """Return which of the viewer's organisations have people who would take on a wish, by its key."""
    own = organisations_of(viewer, "adoption.adopt")
    found: dict[int, list[str]] = {}
    for offer in _open().filter(organisation__in=list(own)).order_by("at"):
        names = found.setdefault(offer.matter_id, [])
        if (name := own[offer.organisation_id].name) not in names:
            names.append(name)
    return found


def _open() -> QuerySet[Offer]:
    on_offer = Matter.objects.filter(state="offered", sealed=0).exclude(gist="")
    return Offer.objects.filter(matter__in=on_offer)
