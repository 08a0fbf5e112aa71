"""Micro-wishes as everybody may see them: the public words, the community, and how far they came (R12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from ... import clock
from ...categories import category_name
from ...lists.queries.page import BACK, cursor_at, read_cursor
from ...models import Claim, Matter
from ...workflow.workflows import WISH

LATEST: Final = timedelta(days=60)
LATELY: Final = 20
"""How many of the fulfilled wishes are shown."""

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; ``turn`` is how often it has been on offer, the first time included."""

    key: int
    number: str
    category: str
    words: str
    community: str
    since: datetime
    turn: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """A page of what is on offer, the longest first; how many there are, and what was fulfilled lately."""

    offered: list[Wish]
    on_offer: int
    fulfilled: list[Wish]
    claimed: int
    next_cursor: str = ""
    previous_cursor: str = ""


def wishes(community: str = "", cursor: str = "") -> Wishes:
    """Return the public list, of the community with a code where one is given; four statements.

    Raises
    ------
    ValidationError
        The cursor is not one that this list gave out.
    """
    published = _published().filter(Q(community__code=community) if community else Q())
    offered = published.filter(state="offered")
    done = published.filter(state="closed", closed_at__gte=clock.now() - LATEST)
    back = cursor.startswith(BACK)
    order = ("-since", "-pk") if back else ("since", "pk")
    rows = _listed(offered.filter(_beyond(cursor)).order_by(*order)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    follows, precedes = (True, more) if back else (more, bool(cursor))
    rows = rows[::-1] if back else rows
    return Wishes(
        offered=rows,
        on_offer=offered.count(),
        fulfilled=_listed(done.order_by("-closed_at", "-pk")[:LATELY]),
        claimed=published.filter(state__in=("claimed", "to_confirm")).count(),
        next_cursor=cursor_at(rows[-1].since, rows[-1].key) if rows and follows else "",
        previous_cursor=BACK + cursor_at(rows[0].since, rows[0].key) if rows and precedes else "",
    )


def wishing_communities() -> list[tuple[str, str]]:
    """Return code and name of the communities that have a wish on offer; one statement."""
    offered = _published().filter(state="offered").exclude(community=None).order_by("community__sort_key")
    return list(offered.values_list("community__code", "community__name").distinct())


def wish(number: str) -> Wish | None:
    """Return one wish on offer."""
    found = _listed(_published().filter(state="offered", number=number))
    return found[0] if found else None


def claim_of(matter: Matter) -> Claim | None:
    """Return the claim in force of a wish."""
    return matter.claims.filter(ended_at=None).first() if matter.kind == WISH else None


def _published() -> QuerySet[Matter]:
    """Return the wishes with public words, and ``since`` when they have been published."""
    found = Matter.objects.filter(kind=WISH, sealed=0).exclude(gist="")
    return found.annotate(since=Coalesce("responded_at", "reported_at"))


def _beyond(cursor: str) -> Q:
    if not cursor:
        return Q()
    since, key = read_cursor(cursor)
    if cursor.startswith(BACK):
        return Q(since__lt=since) | Q(since=since, pk__lt=key)
    return Q(since__gt=since) | Q(since=since, pk__gt=key)


def _listed(matters: QuerySet[Matter]) -> list[Wish]:
    ended = Count("claims", filter=Q(claims__ended_at__isnull=False))
    columns = ("pk", "number", "category", "gist", "community__name", "street__name", "since")
    return [
        Wish(
            key=row["pk"],
            number=row["number"],
            category=category_name(row["category"]),
            words=row["gist"],
            community=row["community__name"] or row["street__name"] or "",
            since=row["since"],
            turn=row["turns"] + 1,
        )
        for row in matters.annotate(turns=ended).values(*columns, "turns")
    ]
