"""Urgings as both sides read them: the overseer, the post in charge, whoever was told above (R10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.categories import group_name
from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.territory.models import Area
from shige.trust.gate import Viewer

from ...models import Urging, UrgingStep
from ..acts import ACTS, SAID, STATES, Act, Side
from ..sides import Standpoint, standpoint_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OVER: Final = (Urging.State.CLOSED, Urging.State.WITHDRAWN, Urging.State.ENDED)
SHOWN_OVER: Final = 50
"""How many of those that are over a list shows."""

WAITS: Final[dict[Side, Urging.State]] = {"asked": Urging.State.OPEN, "overseer": Urging.State.ANSWERED}
"""In which state an urging waits for the word of a side."""


@dataclass(frozen=True, slots=True)
class UrgingRow:
    """One line: about which grid, of which category where it is about a case, and where it stands.

    ``waits``: it waits for whoever reads it. ``late``: the day by which it was to be answered has passed.
    """

    key: int
    area: str
    category: str
    due: date
    late: bool
    state: str
    state_label: "StrPromise"
    told_above: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, by which post, and the day that was named with it."""

    action: str
    label: "StrPromise"
    when: datetime
    post: str
    words: str
    on: date | None

    @property
    def done(self) -> bool:
        """Say whether an answer tells of a day on which it was done already; else one is promised."""
        return self.action == "answer" and self.on is not None and self.on <= localdate(self.when)


@dataclass(frozen=True, slots=True)
class UrgingDetail:
    """An urging with all that was said, and what its reader may do.

    ``number`` is that of the matter, and ``grid`` the code with which the matters of the grid are found: both
    for the side that is asked alone.
    """

    row: UrgingRow
    organisation: str
    number: str
    grid: str
    said: tuple[Said, ...]
    acts: tuple[Act, ...]


def open_urgings(viewer: Viewer, sought: str = "") -> list[UrgingRow]:
    """Return the urgings that are not over, those that wait for ``viewer`` first; two statements."""
    rows = _rows(viewer, _found(viewer, sought).exclude(state__in=OVER))
    return sorted(rows, key=lambda row: (not row.waits, row.due, row.key))


def past_urgings(viewer: Viewer, sought: str = "") -> list[UrgingRow]:
    """Return the last urgings that are over, the newest first; two statements."""
    over = _found(viewer, sought).filter(state__in=OVER)
    return _rows(viewer, over.order_by("-pk")[:SHOWN_OVER])


def urgings_about(viewer: Viewer, area: Area) -> list[UrgingRow]:
    """Return the urgings about an area that are not over; two statements."""
    about = _seen(standpoint_of(viewer)).filter(area=area).exclude(state__in=OVER)
    return _rows(viewer, about.order_by("due", "pk"))


def matters_urged(viewer: Viewer) -> set[int]:
    """Return the matters (ids) about which an urging of ``viewer``'s organisations is not over."""
    own = Urging.objects.filter(organisation__in=standpoint_of(viewer).organisations)
    return set(own.exclude(Q(state__in=OVER) | Q(matter=None)).values_list("matter", flat=True))


def urging_detail(viewer: Viewer, pk: int) -> UrgingDetail | None:
    """Return an urging that ``viewer`` follows, was asked or was told of; None for anybody else."""
    standpoint = standpoint_of(viewer)
    urging = _seen(standpoint).filter(pk=pk).first()
    if urging is None:
        return None
    side = standpoint.side(urging)
    asked = side == "asked"
    matter = (
        Matter.objects.filter(seen_by(viewer), pk=urging.matter_id or 0) if asked else Matter.objects.none()
    )
    standing = urging.organisation.standings.order_by("pk").last()
    steps = urging.steps.order_by("pk").select_related("post")
    return UrgingDetail(
        row=_row(urging, side),
        organisation=standing.name if standing else "",
        number=matter.values_list("number", flat=True).first() or "",
        grid=urging.area.code if asked else "",
        said=tuple(_said(urging, step, asked=asked) for step in steps),
        acts=tuple(act for act in ACTS if act.side == side and act.before == urging.state),
    )


def urgings_known(viewer: Viewer, keys: Collection[str]) -> set[str]:
    """Return those of some urgings, by the keys that messages name, that ``viewer`` may still read."""
    seen = _seen(standpoint_of(viewer)).filter(pk__in=[int(key) for key in keys])
    return {str(pk) for pk in seen.values_list("pk", flat=True)}


def _found(viewer: Viewer, sought: str) -> QuerySet[Urging]:
    """Return the known urgings with some words in their grid's name or in what was said."""
    seen = _seen(standpoint_of(viewer))
    if not (words := sought.strip()):
        return seen
    said = UrgingStep.objects.filter(urging=OuterRef("pk"), words__icontains=words)
    return seen.filter(Q(area__name__icontains=words) | Exists(said))


def _seen(standpoint: Standpoint) -> QuerySet[Urging]:
    return Urging.objects.filter(standpoint.seen).select_related("area", "organisation")


def _rows(viewer: Viewer, urgings: QuerySet[Urging]) -> list[UrgingRow]:
    standpoint = standpoint_of(viewer)
    return [_row(urging, standpoint.side(urging)) for urging in urgings]


def _row(urging: Urging, side: Side) -> UrgingRow:
    state = Urging.State(urging.state)
    return UrgingRow(
        key=urging.pk,
        area=urging.area.name,
        category=group_name(urging.category) if urging.category else "",
        due=urging.due,
        late=state == Urging.State.OPEN and urging.due < localdate(clock.now()),
        state=urging.state,
        state_label=STATES[state],
        told_above=bool(urging.above_id or urging.office_id),
        waits=WAITS[side] == state,
    )


def _said(urging: Urging, step: UrgingStep, *, asked: bool) -> Said:
    """Return a step; who answers for a case is not told to its overseer: a post's name tells its grid."""
    post = step.post.name if step.post else ""
    if step.action == "answer" and urging.matter_id and not asked:
        post = _("the post in charge")
    return Said(step.action, SAID[step.action], step.at, post, step.words, step.on)
