"""Lets neighbours of the sample join what is known, and links two matters of one place."""

from typing import Final

from shige.matters.categories import category_of_matter
from shige.matters.handling.commands.links import relate
from shige.matters.models import Matter
from shige.matters.neighbours.commands import join
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Place
from shige.trust.gate import PUBLIC, SYSTEM

JOINED: Final = (1, 2, 6)
"""How many neighbours join the first open matters that are shared."""


def join_and_link() -> int:
    """Join the first open matters that neighbours share, link the first two; return how many joined."""
    shared = [one for one in Matter.objects.filter(open=True).order_by("pk") if _is_shared(one)][
        : len(JOINED)
    ]
    for turn, matter in zip(JOINED, shared, strict=False):
        place = Place(matter.lon, matter.lat, building=matter.building_id)
        known = {one.key: one.reference for one in known_nearby(matter.category, place)}
        for number in range(turn if matter.pk in known else 0):
            join(PUBLIC, matter.category, place, known[matter.pk], f"sample-join-{turn}-{number}")
    if len(shared) > 1:
        relate(SYSTEM, shared[0].number, shared[1].number, "同一片区，一并查看")
    return sum(matter.joinings.count() for matter in shared)


def _is_shared(matter: Matter) -> bool:
    return category_of_matter(matter).shown_to_neighbours and not matter.confidential
