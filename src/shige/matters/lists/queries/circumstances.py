"""Circumstances of matters: what figures count beyond states and dates, each with the list behind it.

A room brings those of its own figures. Each is a filter for the one who looks, and is chosen in the filter
bar like any other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from shige.trust.gate import Viewer
from shige.trust.queries import held_today

from ... import clock
from ...models import Matter, Step
from ...models.matter import UNHAPPY
from ...workflow.actors import seen_in_area
from ...workflow.workflows import DISPUTE
from .due import due_next, due_today
from .rows import late

STREET_TIER: Final = "S"
DAY: Final = timedelta(hours=24)
MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a circumstance is called, and its filter for whoever looks."""

    title: Promise
    here: Callable[[Viewer], Q]


_circumstances: dict[str, Circumstance] = {}


def bring_circumstances(circumstances: Mapping[str, Circumstance]) -> None:
    """Add circumstances by which lists are narrowed and figures counted."""
    _circumstances.update(circumstances)


def circumstances() -> Mapping[str, Circumstance]:
    """Return all circumstances by their names."""
    return _circumstances


def in_circumstance(viewer: Viewer, name: str) -> Q:
    """Return the filter of a circumstance; of one that is not known nothing is found."""
    found = _circumstances.get(name)
    return found.here(viewer) if found else Q(pk__in=[])


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


def _told_above() -> Q:
    """Return the filter of what is so late that the next post up the line was told."""
    told = Step.objects.filter(matter=OuterRef("pk"), action="overdue", to_post__isnull=False)
    return late() & Q(Exists(told))


def _came() -> Q:
    since = clock.now() - DAY  # the number begins with the day, and has an index
    return Q(number__gte=f"{localdate(since):%Y%m%d}", reported_at__gte=since)


def _ended(since: timedelta) -> Q:
    """Return the filter of what ended lately: what is over is listed by when it ended."""
    return Q(open=False, next_at__gte=clock.now() - since)


def _written_off() -> Q:
    return _ended(MONTH) & ~Q(state=Matter.State.MERGED)


def _rated(viewer: Viewer) -> Q:
    """Return the filter of what was rated of late; the stars of single matters are for whoever dispatches."""
    return _ended(MONTH) & Q(rating__isnull=False) & seen_in_area(viewer, "matter.dispatch")


def always(here: Callable[[], Q]) -> Callable[[Viewer], Q]:
    """Return a filter that is the same whoever looks."""
    return lambda _viewer: here()


OWN: Final = {
    "outside": Circumstance(_("Outside every grid"), always(_outside)),
    "new_here": Circumstance(_("New at a post of the street"), always(_new_here)),
    "refused": Circumstance(_("Given back: not on the duties list"), always(_refused)),
    "nobody": Circumstance(_("Nobody holds the owner's post"), always(_nobody)),
    "today": Circumstance(_("Due today"), always(due_today)),
    "next_day": Circumstance(_("Due on the next working day"), always(due_next)),
    "told_above": Circumstance(_("Late, and told up the line"), always(_told_above)),
    "reopened": Circumstance(_("Reopened, still open"), always(lambda: Q(open=True, reopened__gt=0))),
    "disputes": Circumstance(_("Disputes past their date"), always(lambda: Q(kind=DISPUTE) & late())),
    "unanswered": Circumstance(
        _("Not answered yet"), always(lambda: Q(state=Matter.State.NEW, responded_at=None))
    ),
    "at_work": Circumstance(
        _("In hand, or waiting for an answer"),
        always(lambda: Q(state__in=(Matter.State.IN_HAND, Matter.State.WAITING))),
    ),
    "came": Circumstance(_("Came in 24 hours"), always(_came)),
    "closed": Circumstance(
        _("Closed in 24 hours"), always(lambda: _ended(DAY) & Q(closed_at__gte=clock.now() - DAY))
    ),
    "written_off": Circumstance(_("Written off in 30 days"), always(_written_off)),
    "rated": Circumstance(_("Rated in 30 days"), _rated),
    "content": Circumstance(
        _("Content in 30 days"), lambda viewer: _rated(viewer) & Q(rating__gt=UNHAPPY + 1)
    ),
    "unhappy": Circumstance(
        _("Not content in 30 days"), lambda viewer: _rated(viewer) & Q(rating__lte=UNHAPPY)
    ),
}
"""Circumstances that the figures of this room count."""

TO_DISPATCH: Final = ("outside", "new_here", "refused", "nobody")
"""What waits for whoever dispatches."""
