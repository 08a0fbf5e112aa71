"""Which post stands above whoever has a matter: told when it is late, asked for more time (R22)."""

from collections import defaultdict
from collections.abc import Sequence

from shige.trust.in_office import HeldPost, held_posts
from shige.trust.jurisdiction import profile
from shige.trust.models import Recusal
from shige.trust.service_history import posts_hearing

from ..categories import category_of_matter
from ..models import Matter
from ..tier_order import above, safe
from ..workflow.actors import lineage_of_matter, sealed_of
from .routing import Seat, filled, seats_from


def post_above(matter: Matter) -> int | None:
    """Return the post above the owner of a matter that somebody holds, if there is one."""
    return posts_above([matter]).get(matter.pk)


def posts_above(matters: Sequence[Matter]) -> dict[int, int]:
    """Return the post above each matter; two statements, one more for each that is kept from somebody."""
    seats = {matter.pk: _seats_above(matter) for matter in matters}
    every = [seat for ways in seats.values() for seat in ways]
    held: dict[int, list[HeldPost]] = defaultdict(list)
    for post in held_posts({seat.area for seat in every}, {seat.role for seat in every}):
        held[post.area].append(post)
    posts, named = {}, _kept_by_name(matters)
    for matter in matters:
        near = [post for area in {seat.area for seat in seats[matter.pk]} for post in held[area]]
        others = [post for post in near if post.pk != matter.owner_id]
        if matter.sealed or matter.pk in named:
            others = posts_hearing(others, sealed_of(matter))
        if found := filled(seats[matter.pk], others):
            posts[matter.pk] = found[1].pk
    return posts


def _kept_by_name(matters: Sequence[Matter]) -> set[int]:
    """Return the keys of those matters from which somebody is kept by name."""
    return set(Recusal.objects.filter(matter__in=matters).values_list("matter", flat=True))


def _seats_above(matter: Matter) -> list[Seat]:
    category = category_of_matter(matter)
    tier = safe(category, above(matter.tier) or "D")
    return list(seats_from(profile(), category, lineage_of_matter(matter), tier, stand_in=False))
