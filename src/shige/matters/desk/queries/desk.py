"""The desk of the grid service centre (综治中心): what to dispatch, what to watch, who is missing (R42)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from shige.trust.gate import Viewer
from shige.trust.queries import OFFICES, TeamPost, team

from ...joint.queries import stayed_away
from ...lists.queries.circumstances import TO_DISPATCH, in_circumstance
from ...lists.queries.figures import Figure, counted
from ...lists.queries.filters import MatterFilter
from ...lists.queries.rows import MatterRow, rows_of
from ...models import JointPart, Matter
from ...visits.queries import count_due
from ...workflow.actors import seen_by

FIRST: Final = 4

WATCHED: Final = {
    **{name: MatterFilter(circumstance=name) for name in TO_DISPATCH},
    "late": MatterFilter(late=True),
    **{
        name: MatterFilter(circumstance=name)
        for name in ("today", "next_day", "told_above", "reopened", "disputes")
    },
}
"""What the desk counts among the open matters: what waits for dispatch, and what is watched."""


@dataclass(frozen=True, slots=True)
class Staffed:
    """The posts of a community, or of the offices above (without a name): how many need somebody."""

    code: str
    name: str
    posts: int
    vacant: int
    doubled: int
    substituted: int


@dataclass(frozen=True, slots=True)
class Desk:
    """How many open matters there are of each kind of ``WATCHED``, and what else waits at the desk."""

    figures: Mapping[str, Figure]
    first: list[MatterRow]
    visits: int
    away: list[JointPart]
    staff: tuple[Staffed, ...]


def desk_of(viewer: Viewer) -> Desk:
    """Return the desk of the areas that ``viewer`` sees; seven statements."""
    waiting = reduce(or_, (in_circumstance(viewer, name) for name in TO_DISPATCH))
    first = Matter.objects.filter(seen_by(viewer), waiting, open=True).order_by("next_at", "pk")
    return Desk(
        figures=counted(viewer, WATCHED),
        first=rows_of(first[:FIRST]),
        visits=count_due(viewer),
        away=stayed_away(viewer),
        staff=_staffed(team(viewer)),
    )


def _staffed(places: list[TeamPost]) -> tuple[Staffed, ...]:
    """Count posts by community, in the order of the codes; the offices above come first."""
    by_community: dict[str, list[TeamPost]] = defaultdict(list)
    for place in places:
        by_community[place.community_code].append(place)
    found = [_community(code, inside) for code, inside in by_community.items()]
    return tuple(sorted(found, key=lambda one: (one.code != OFFICES, one.code)))


def _community(code: str, places: list[TeamPost]) -> Staffed:
    community = places[0].post.area.community
    return Staffed(
        code=code,
        name=community.name if community else "",
        posts=len(places),
        vacant=sum(place.vacant for place in places),
        doubled=sum(place.doubled for place in places),
        substituted=sum(place.substituted for place in places),
    )
