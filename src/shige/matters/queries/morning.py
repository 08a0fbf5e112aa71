"""The morning page of a street's leader or a community's secretary: one screen, what matters today (R27)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Avg, Count, Q

from shige.trust.gate import Viewer

from .. import clock
from ..acting import seen_by
from ..categories import planned_categories
from ..commands.visiting import UNHAPPY
from ..models import Matter
from .board import days_ends
from .rows import Row, late, rows_of

DAY: Final = timedelta(hours=24)
MONTH: Final = timedelta(days=30)
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Morning:
    """The last 24 hours, what is late and due today, what is hard, and how content residents are."""

    came: int
    closed: int
    reopened: int
    late: int
    today: int
    unanswered: int
    led: int
    rated: int
    content: int
    rating: float | None
    latest: list[Row]
    hardest: list[Row]
    unhappy: list[Row]


def morning_of(viewer: Viewer) -> Morning:
    """Return the morning of ``viewer``'s areas; five statements."""
    now = clock.now()
    seen = Matter.objects.filter(seen_by(viewer))
    day = seen.filter(Q(reported_at__gte=now - DAY) | Q(closed_at__gte=now - DAY)).aggregate(
        came=Count("pk", filter=Q(reported_at__gte=now - DAY)),
        closed=Count("pk", filter=Q(closed_at__gte=now - DAY)),
    )
    running = seen.filter(open=True).aggregate(
        reopened=Count("pk", filter=Q(reopened__gt=0)),
        late=Count("pk", filter=late()),
        today=Count("pk", filter=Q(running=True, next_at__gte=now, next_at__lte=days_ends(now)[0])),
        unanswered=Count("pk", filter=Q(state=Matter.State.NEW, responded_at=None)),
        led=Count("pk", filter=Q(led=True)),
    )
    month = seen.filter(closed_at__gte=now - MONTH, rating__isnull=False)
    said = month.aggregate(
        rated=Count("pk"), content=Count("pk", filter=Q(rating__gt=UNHAPPY + 1)), rating=Avg("rating")
    )
    latest = seen.filter(late()).order_by("next_at", "pk")
    hardest = seen.filter(Q(led=True) | Q(reopened__gt=1) | Q(category__in=planned_categories()), open=True)
    unhappy = month.filter(rating__lte=UNHAPPY).order_by("-closed_at")
    hard = hardest.order_by("next_at", "pk")
    return Morning(
        **day,
        **running,
        **said,
        latest=rows_of(latest[:SHOWN]),
        hardest=rows_of(hard[:SHOWN]),
        unhappy=rows_of(unhappy[:SHOWN]),
    )
