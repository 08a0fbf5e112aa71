"""Whom an urging asks, and who is told where no answer comes (R10, R22)."""

from dataclasses import dataclass
from typing import Final

from shige.matters.assignment.routing import role_at
from shige.matters.tier_order import LADDER
from shige.redline.models import Standing
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Lineage
from shige.trust.in_office import HeldPost, held_posts
from shige.trust.jurisdiction import profile
from shige.trust.queries import held_today, today

from ..reach import overseer_of

TIER_OF: Final = {"micro": "M", "exclusive": "M", "general": "G", "community": "C", "street": "S"}
"""The tier on which the post in charge of an area answers."""


def post_in_charge(area: Area) -> int | None:
    """Return the held post that answers for an area, or the next one above; None where nobody does."""
    line = lineage_of(area)
    steps = LADDER[LADDER.index(TIER_OF[area.level]) : LADDER.index("D")]
    return next((post.pk for step in steps for post in _held(step, line)), None)


@dataclass(frozen=True, slots=True)
class Above:
    """Who is told above: an organisation that oversees, else the street's office; neither where nobody is."""

    organisation: int | None = None
    office: int | None = None


def told_above(organisation: int, area: Area, *, apart_from: int) -> Above:
    """Return the nearest organisation above whose overseer is in office, else the street's office."""
    seen: set[int | None] = set()
    standing = _standing(organisation)
    while standing is not None and standing.parent_id not in seen:
        seen.add(standing.parent_id)
        standing = _standing(standing.parent_id) if standing.parent_id else None
        post = overseer_of(standing.organisation_id) if standing else None
        if standing and post and post != apart_from and held_today().filter(post=post).exists():
            return Above(organisation=standing.organisation_id)
    held = _held("S", lineage_of(area))
    return Above(office=next((post.pk for post in held if post.pk != apart_from), None))


def _standing(organisation: int) -> Standing | None:
    return Standing.objects.filter(organisation=organisation, valid__contains=today()).first()


def _held(step: str, line: Lineage) -> list[HeldPost]:
    role, area = role_at(profile().tier(step), line)
    return held_posts({area}, {role}) if area else []
