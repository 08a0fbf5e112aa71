"""The first page of somebody at work: how much is waiting, and what is due first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.gate import Viewer

from ...models import Matter
from ...workflow.actors import own_posts, owned_by_viewer, seen_by
from ...workflow.workflows import PRAISE
from .figures import Figure, counted
from .filters import MatterFilter
from .rows import MatterRow, rows_of

SHOWN: Final = 20

FIGURES: Final = {
    "new": MatterFilter(state=Matter.State.NEW),
    "today": MatterFilter(circumstance="today"),
    "late": MatterFilter(late=True),
    "to_confirm": MatterFilter(state=Matter.State.TO_CONFIRM),
    "outside": MatterFilter(circumstance="outside"),
}
"""What the first page counts in the own areas."""


@dataclass(frozen=True, slots=True)
class Today:
    """The counts, the own posts' matters due first, their praise, and what asks them for more time."""

    figures: Mapping[str, Figure]
    mine: list[MatterRow]
    praise: list[MatterRow]
    to_extend: list[MatterRow]


def today_of(viewer: Viewer) -> Today:
    """Return what waits for ``viewer``; four statements."""
    own = Matter.objects.filter(owned_by_viewer(viewer), open=True)
    mine = own.filter(running=True).order_by("next_at", "pk")
    praise = own.filter(kind=PRAISE).order_by("next_at", "pk")
    asked = Matter.objects.filter(seen_by(viewer), open=True, extension_asked_of__in=own_posts(viewer))
    return Today(
        figures=counted(viewer, FIGURES),
        mine=rows_of(mine[:SHOWN]),
        praise=rows_of(praise[:SHOWN]),
        to_extend=rows_of(asked.order_by("next_at", "pk")[:SHOWN]),
    )
