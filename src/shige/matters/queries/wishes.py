"""Micro-wishes as everybody may see them: the public words, the community, and how far they came (R12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from .. import clock
from ..categories import category_name
from ..models import Claim, Matter
from ..workflow import WISH

LATEST = timedelta(days=60)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; ``turn`` is how often it has been on offer, the first time included."""

    number: str
    category: str
    words: str
    community: str
    since: datetime
    turn: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is on offer, the longest first, and what was fulfilled lately."""

    offered: list[Wish]
    fulfilled: list[Wish]
    claimed: int


def wishes() -> Wishes:
    """Return the public list; three statements, no personal data."""
    published = Matter.objects.filter(kind=WISH, sealed=0).exclude(gist="")
    offered = published.filter(state="offered").order_by("responded_at", "pk")
    done = published.filter(state__in=("closed", "unconfirmed"), closed_at__gte=clock.now() - LATEST)
    claimed = published.filter(state__in=("claimed", "to_confirm")).count()
    return Wishes(_listed(offered), _listed(done.order_by("-closed_at", "-pk")), claimed)


def wish(number: str) -> Wish | None:
    """Return one wish on offer."""
    found = _listed(
        Matter.objects.filter(kind=WISH, state="offered", number=number, sealed=0).exclude(gist="")
    )
    return found[0] if found else None


def claim_of(matter: Matter) -> Claim | None:
    """Return the claim in force of a wish."""
    return matter.claims.filter(ended_at=None).first() if matter.kind == WISH else None


def _listed(matters: QuerySet[Matter]) -> list[Wish]:
    ended = Count("claims", filter=Q(claims__ended_at__isnull=False))
    columns = ("number", "category", "gist", "community__name", "street__name", "responded_at", "reported_at")
    rows = matters.annotate(turns=ended).values(*columns, "turns")[:SHOWN]
    return [
        Wish(
            number=row["number"],
            category=category_name(row["category"]),
            words=row["gist"],
            community=row["community__name"] or row["street__name"] or "",
            since=row["responded_at"] or row["reported_at"],
            turn=row["turns"] + 1,
        )
        for row in rows
    ]
