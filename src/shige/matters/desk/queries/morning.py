"""The morning page of a street's leader or a community's secretary: one screen, what matters today (R27)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Avg, Count, Q
from django.utils.timezone import localdate

from shige.trust.gate import Viewer

from ... import clock
from ...categories import planned_categories
from ...lists.queries.rows import MatterRow, late, rows_of
from ...models import Matter
from ...models.matter import UNHAPPY
from ...workflow.actors import seen_by
from .board import days_ends

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
    latest: list[MatterRow]
    hardest: list[MatterRow]
    unhappy: list[MatterRow]


def morning_of(viewer: Viewer) -> Morning:
    """Return the morning of ``viewer``'s areas; five statements."""
    now = clock.now()
    seen = Matter.objects.filter(seen_by(viewer))
    begins = f"{localdate(now - DAY):%Y%m%d}"  # the number begins with the day, and has an index
    came = seen.filter(number__gte=begins, reported_at__gte=now - DAY)
    ended = seen.filter(open=False, next_at__gte=now - MONTH)  # what is over is listed by when it ended
    running = seen.filter(open=True).aggregate(
        reopened=Count("pk", filter=Q(reopened__gt=0)),
        late=Count("pk", filter=late()),
        today=Count("pk", filter=Q(running=True, next_at__gte=now, next_at__lte=days_ends(now)[0])),
        unanswered=Count("pk", filter=Q(state=Matter.State.NEW, responded_at=None)),
        led=Count("pk", filter=Q(led=True)),
    )
    said = ended.aggregate(
        closed=Count("pk", filter=Q(closed_at__gte=now - DAY)),
        rated=Count("rating"),
        content=Count("pk", filter=Q(rating__gt=UNHAPPY + 1)),
        rating=Avg("rating"),
    )
    latest = seen.filter(late(), open=True).order_by("next_at", "pk")
    hardest = seen.filter(Q(led=True) | Q(reopened__gt=1) | Q(category__in=planned_categories()), open=True)
    unhappy = ended.filter(rating__lte=UNHAPPY).order_by("-next_at")
    hard = hardest.order_by("next_at", "pk")
    return Morning(
        came=came.count(),
        **running,
        **said,
        latest=rows_of(latest[:SHOWN]),
        hardest=rows_of(hard[:SHOWN]),
        unhappy=rows_of(unhappy[:SHOWN]),
    )
