"""The morning page of a street's leader or a community's secretary: one screen, what matters today (R27)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Avg, Q

from shige.trust.gate import Viewer

from ...categories import planned_categories
from ...lists.queries.circumstances import in_circumstance
from ...lists.queries.figures import Figure, counted
from ...lists.queries.filters import ALL, DONE, MatterFilter
from ...lists.queries.rows import MatterRow, late, rows_of
from ...models import Matter
from ...workflow.actors import seen_by

SHOWN: Final = 5

FIGURES: Final = {
    "late": MatterFilter(late=True),
    "today": MatterFilter(circumstance="today"),
    "unanswered": MatterFilter(circumstance="unanswered"),
    "came": MatterFilter(state=ALL, circumstance="came"),
    "closed": MatterFilter(state=DONE, circumstance="closed"),
    "reopened": MatterFilter(circumstance="reopened"),
    "rated": MatterFilter(state=DONE, circumstance="rated"),
    "content": MatterFilter(state=DONE, circumstance="content"),
}
"""What the morning page counts."""


@dataclass(frozen=True, slots=True)
class Morning:
    """The last 24 hours, what is late and due today, what is hard, and how content residents are."""

    figures: Mapping[str, Figure]
    rating: float | None
    latest: list[MatterRow]
    hardest: list[MatterRow]
    unhappy: list[MatterRow]


def morning_of(viewer: Viewer) -> Morning:
    """Return the morning of ``viewer``'s areas; nine statements."""
    seen = Matter.objects.filter(seen_by(viewer))
    latest = seen.filter(late(), open=True).order_by("next_at", "pk")
    hardest = seen.filter(Q(led=True) | Q(reopened__gt=1) | Q(category__in=planned_categories()), open=True)
    unhappy = seen.filter(in_circumstance(viewer, "unhappy")).order_by("-next_at")
    hard = hardest.order_by("next_at", "pk")
    rated = seen.filter(in_circumstance(viewer, "rated"))
    return Morning(
        figures=counted(viewer, FIGURES),
        rating=rated.aggregate(rating=Avg("rating"))["rating"],
        latest=rows_of(latest[:SHOWN]),
        hardest=rows_of(hard[:SHOWN]),
        unhappy=rows_of(unhappy[:SHOWN]),
    )
