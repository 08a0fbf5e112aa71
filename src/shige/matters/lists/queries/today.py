"""The first page of somebody at work: how much is waiting, and what is due first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q

from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter
from ...workflow.actors import owned_by_viewer, seen_by
from ...workflow.workflows import PRAISE
from .rows import MatterRow, late, rows_of

SOON: Final = timedelta(hours=24)
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """How many matters of the own areas are new, due within a day, late, to be confirmed, unassigned."""

    new: int
    soon: int
    late: int
    to_confirm: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class Today:
    """The counts, the matters of one's own posts that are due first, and the praise that they pass on."""

    figures: Figures
    mine: list[MatterRow]
    praise: list[MatterRow]


def today_of(viewer: Viewer) -> Today:
    """Return what waits for ``viewer``; three statements."""
    seen = Matter.objects.filter(seen_by(viewer), open=True)
    now = clock.now()
    soon = Q(running=True, next_at__gte=now, next_at__lt=now + SOON)
    counted = seen.aggregate(
        new=Count("pk", filter=Q(state=Matter.State.NEW)),
        soon=Count("pk", filter=soon),
        late=Count("pk", filter=late()),
        to_confirm=Count("pk", filter=Q(state=Matter.State.TO_CONFIRM)),
        unassigned=Count("pk", filter=Q(community=None, leaf=None)),
    )
    own = Matter.objects.filter(owned_by_viewer(viewer), open=True)
    mine = own.filter(running=True).order_by("next_at", "pk")
    praise = own.filter(kind=PRAISE).order_by("next_at", "pk")
    return Today(Figures(**counted), rows_of(mine[:SHOWN]), rows_of(praise[:SHOWN]))
