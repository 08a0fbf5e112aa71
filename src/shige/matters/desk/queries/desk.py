"""The desk of the grid service centre (综治中心): what to dispatch, what to watch, who is missing (R42)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.lookups import Exact

from shige.trust.gate import Viewer
from shige.trust.queries import OFFICES, TeamPost, held_today, team

from ... import clock
from ...joint.queries import stayed_away
from ...lists.queries.rows import MatterRow, late, rows_of
from ...models import JointPart, Matter, Step
from ...visits.queries import count_due
from ...workflow.actors import seen_by
from ...workflow.workflows import DISPUTE
from .board import days_ends

STREET_TIER: Final = "S"
FIRST: Final = 4
LISTED: Final = 200


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

    counts: Mapping[str, int]
    first: list[MatterRow]
    visits: int
    away: list[JointPart]
    staff: tuple[Staffed, ...]


def desk_of(viewer: Viewer) -> Desk:
    """Return the desk of the areas that ``viewer`` sees; seven statements."""
    open_here = Matter.objects.filter(seen_by(viewer), open=True)
    counts = open_here.aggregate(**{name: Count("pk", filter=kind()) for name, kind in WATCHED.items()})
    first = open_here.filter(_to_dispatch()).order_by("next_at", "pk")
    return Desk(
        counts=counts,
        first=rows_of(first[:FIRST]),
        visits=count_due(viewer),
        away=stayed_away(viewer),
        staff=_staffed(team(viewer)),
    )


def desk_list(viewer: Viewer, kind: str) -> list[MatterRow]:
    """Return the open matters that a number of the desk counts, the soonest due first; one statement."""
    found = Matter.objects.filter(seen_by(viewer), WATCHED[kind](), open=True)
    return rows_of(found.order_by("next_at", "pk")[:LISTED])


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


def _outside() -> Q:
    return Q(community=None, leaf=None)


def _new_here() -> Q:
    return Q(state=Matter.State.NEW, tier=STREET_TIER)


def _refused() -> Q:
    """Return the filter of what came back as no duty of a post (R19) and was taken by nobody since."""
    given = Step.objects.filter(matter=OuterRef("pk"), to_post__isnull=False).exclude(action="overdue")
    last = Subquery(given.order_by("-pk").values("action")[:1])
    return Q(state=Matter.State.NEW) & Q(Exact(last, "refuse_duty"))


def _nobody() -> Q:
    return ~Q(owner__in=held_today().values("post"))


def _to_dispatch() -> Q:
    return _outside() | _new_here() | _refused() | _nobody()


def _today() -> Q:
    return Q(running=True, next_at__gte=clock.now(), next_at__lte=days_ends(clock.now())[0])


def _tomorrow() -> Q:
    today, tomorrow = days_ends(clock.now())
    return Q(running=True, next_at__gt=today, next_at__lte=tomorrow)


def _told_above() -> Q:
    """Return the filter of what is so late that the next post up the line was told."""
    told = Step.objects.filter(matter=OuterRef("pk"), action="overdue", to_post__isnull=False)
    return late() & Q(Exists(told))


def _reopened() -> Q:
    return Q(reopened__gt=0)


def _late_dispute() -> Q:
    return Q(kind=DISPUTE) & late()


WATCHED: Final[Mapping[str, Callable[[], Q]]] = {
    "outside": _outside,
    "new": _new_here,
    "refused": _refused,
    "nobody": _nobody,
    "late": late,
    "today": _today,
    "tomorrow": _tomorrow,
    "told_above": _told_above,
    "reopened": _reopened,
    "disputes": _late_dispute,
}
"""What the desk counts among the open matters, each with the list behind it."""
