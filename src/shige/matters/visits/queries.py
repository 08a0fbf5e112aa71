"""Return visits that are due: at one's own posts, and in the area where one dispatches (R25)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from shige.trust.gate import Viewer

from .. import clock
from ..categories import category_name
from ..models import Matter, ReturnVisit, Step
from ..report import RELAYED
from ..workflow.actors import along, own_posts, pending, seen_by, seen_in_area
from ..workflow.proof import CONTACT_CHANGED

SHOWN = 200

CHANGED: Final = Exists(Step.objects.filter(matter=OuterRef("matter"), action=CONTACT_CHANGED))
CALLED: Final = (
    Q(matter__state=Matter.State.TO_CONFIRM, matter__source__in=RELAYED, matter__phone_handle__isnull=False)
    & ~CHANGED
)
"""``proof.to_be_called`` as a condition of a statement."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to be made; ``own`` says whether it is the viewer's task, ``call`` whether a call (R25)."""

    number: str
    category: str
    place: str
    grid: str
    post: str
    due: date
    late_days: int
    own: bool
    call: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of a matter, made or to be made."""

    due: date
    post: str
    outcome: str
    note: str


def visits_of(matter: Matter) -> tuple[VisitLine, ...]:
    """Return the visits of a matter by their dates; one statement."""
    found = (
        ReturnVisit.objects.filter(matter=matter, ended_at=None).select_related("post").order_by("due", "pk")
    )
    return tuple(VisitLine(one.due, one.post.name, one.outcome, one.note) for one in found)


def visits_due(viewer: Viewer) -> list[Visit]:
    """Return what is due by today, the own ones first, then the longest due; one statement."""
    posts, found = own_posts(viewer), _due(viewer)
    columns = ("matter__number", "matter__category", "matter__place", "matter__leaf__name",
               "matter__community__name", "post", "post__name", "due", "call")  # fmt: skip
    today = localdate(clock.now())
    visits = [
        Visit(
            number=row["matter__number"],
            category=category_name(row["matter__category"]),
            place=row["matter__place"],
            grid=row["matter__leaf__name"] or row["matter__community__name"] or "",
            post=row["post__name"],
            due=row["due"],
            late_days=(today - row["due"]).days,
            own=row["post"] in posts,
            call=row["call"],
        )
        for row in found.annotate(call=CALLED).order_by("due", "pk").values(*columns)[:SHOWN]
    ]
    return sorted(visits, key=lambda visit: (not visit.own, visit.due))


def count_due(viewer: Viewer) -> int:
    """Count what ``visits_due`` lists; one statement."""
    return _due(viewer).count()


def _due(viewer: Viewer) -> QuerySet[ReturnVisit]:
    dispatched = along("matter", seen_in_area(viewer, "matter.dispatch"))
    mine = Q(post__in=own_posts(viewer)) | dispatched
    return pending(ReturnVisit.objects.filter(mine, along("matter", seen_by(viewer))))
