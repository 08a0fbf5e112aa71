"""What somebody registered on a round, wherever it lies: how it stands, and no more (R39)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from shige.trust.gate import Viewer, unconcerned

from ... import clock
from ...categories import category_name
from ...models import Matter, Step
from ...report import FILED, PATROL
from ...workflow.actors import numbers_known
from ...workflow.workflows import state_label

REMEMBERED: Final = timedelta(days=60)
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Registered:
    """One thing found: ``seen`` says whether the finder may open it, too."""

    number: str
    category: str
    place: str
    grid: str
    state: str
    state_label: str
    reported_at: datetime
    open: bool
    seen: bool


def registered_by(viewer: Viewer) -> list[Registered]:
    """Return what ``viewer`` registered of late, the newest first; two statements.

    What was sealed since is not among it (P3).
    """
    if viewer.person is None:
        return []
    own = Step.objects.filter(matter=OuterRef("pk"), action=FILED, person=viewer.person)
    found = Matter.objects.filter(
        unconcerned(viewer),
        Exists(own),
        source=PATROL,
        sealed=0,
        confidential=False,
        reported_at__gte=clock.now() - REMEMBERED,
    )
    rows = list(found.select_related("leaf", "community").order_by("-reported_at", "-pk")[:SHOWN])
    known = numbers_known(viewer, [row.number for row in rows])
    return [
        Registered(
            number=row.number,
            category=category_name(row.category),
            place=row.place,
            grid=row.leaf.name if row.leaf else row.community.name if row.community else "",
            state=row.state,
            state_label=state_label(row.kind, row.state),
            reported_at=row.reported_at,
            open=row.open,
            seen=row.number in known,
        )
        for row in rows
    ]
