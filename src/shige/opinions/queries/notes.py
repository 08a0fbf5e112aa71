"""Opinion notes as people at work read them: the list, one note, where one may be written (R40)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.models import Matter
from shige.matters.visibility.areas import within
from shige.matters.workflow.actors import seen_by
from shige.matters.workflow.workflows import label_of, offered, state_label
from shige.profile import Transition
from shige.territory.grids.queries.grids import in_force
from shige.territory.lineage import lineage_of_row
from shige.territory.models import Area
from shige.trust.gate import Viewer, visible
from shige.trust.permissions import Action

from ..models import Hearing, Opinion
from ..rules import BANDS, OPINION_LEVELS, RAISE, is_over, scope_over, sides_of, theme_name

PAGE: Final = 30
DEEP: Final[Mapping[str, tuple[str, ...]]] = {
    "province": ("community",),
    "city": ("community",),
    "district": ("community",),
    "street": ("community", "general", "exclusive"),
}
"""Of which areas a choice is offered to posts above the community; below it, of all."""


@dataclass(frozen=True, slots=True)
class OpinionFilter:
    """What the list is narrowed to, and from which note on: older than ``before``, newer than ``after``."""

    theme: str = ""
    area: Area | None = None
    state: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One note, heard so many ``times`` by so many ``posts``; ``may_hear``: the viewer's may add."""

    key: int
    theme: str
    words: str
    area: str
    community: str
    band: str
    times: int
    posts: int
    written_at: datetime
    last_on: date
    state: str
    state_label: str
    over: bool
    may_hear: bool


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """Some notes, the newest first, and the keys after which the pages beside it begin."""

    rows: tuple[OpinionRow, ...]
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class OpinionEvent:
    """What an office did about a note."""

    label: str
    when: datetime
    post: str
    note: str


@dataclass(frozen=True, slots=True)
class OpinionDetail:
    """A note, what was done about it, what this viewer may do, and the matter that it became.

    ``matter`` is empty once that is over, or not seen: its absence tells of no seal (P3).

    ``code`` is that of its area.
    """

    row: OpinionRow
    code: str
    post: str
    followed_by: str
    history: tuple[OpinionEvent, ...]
    actions: tuple[Transition, ...]
    matter: str


def opinion_list(viewer: Viewer, chosen: OpinionFilter) -> OpinionPage:
    """Return a page of the notes that ``viewer`` may see; one statement."""
    found = _narrowed(viewer, chosen)
    back = chosen.after is not None
    if back:
        found = found.filter(pk__gt=chosen.after).order_by("pk")
    else:
        found = found.filter(Q() if chosen.before is None else Q(pk__lt=chosen.before)).order_by("-pk")
    read = list(_counted(viewer, found)[: PAGE + 1])
    more, read = len(read) > PAGE, read[:PAGE]
    rows = tuple(_row(viewer, opinion) for opinion in (reversed(read) if back else read))
    if not rows:
        return OpinionPage((), None, None)
    older, newer = (True, more) if back else (more, chosen.before is not None)
    return OpinionPage(rows, rows[-1].key if older else None, rows[0].key if newer else None)


def opinion_detail(viewer: Viewer, pk: int) -> OpinionDetail | None:
    """Return a note that ``viewer`` may see; at most three statements."""
    seen = Opinion.objects.filter(visible(viewer, "opinion.see"), pk=pk)
    opinion = _counted(viewer, seen.select_related("post", "followed_by")).first()
    if opinion is None:
        return None
    steps = opinion.steps.order_by("pk").values_list("action", "at", "post__name", "note")
    matter = Matter.objects.filter(seen_by(viewer), pk=opinion.matter_id or 0, open=True)
    actions = offered(opinion, sides_of(viewer, opinion))
    return OpinionDetail(
        row=_row(viewer, opinion),
        code=opinion.area.code,
        post=opinion.post.name,
        followed_by=opinion.followed_by.name if opinion.followed_by else "",
        history=tuple(
            OpinionEvent(label_of(Opinion.kind, action), at, post or "", note)
            for action, at, post, note in steps
        ),
        actions=tuple(row for row in actions if row.action != RAISE or opinion.matter_id is None),
        matter=matter.values_list("number", flat=True).first() or "",
    )


def opinion_areas(viewer: Viewer, action: Action) -> list[Area]:
    """Return the communities and grids in force where ``viewer`` may do ``action``; one statement."""
    here = Q(pk__in=[])
    for scope in viewer.holding(action):
        inside = Q() if scope.level in ("province", "city") else Q(**{scope.level: scope.area})
        if scope.level in ("micro", "exclusive"):
            inside = Q(pk=scope.area)
        here |= inside & Q(level__in=DEEP.get(scope.level, OPINION_LEVELS))
    standing = Q(kind=Area.Kind.DIVISION) | Q(pk__in=in_force().values("area"))
    found = Area.objects.filter(here, standing).exclude(kind=Area.Kind.GRID, level="community")
    return list(found.select_related("community").order_by("code"))


def narrowed(viewer: Viewer, theme: str, area: Area | None) -> QuerySet[Opinion]:
    """Return the notes that ``viewer`` may see under a theme and in an area, where they are given."""
    found = Opinion.objects.filter(visible(viewer, "opinion.see"))
    if theme:
        found = found.filter(theme=theme)
    return found if area is None else found.filter(within(area))


def _narrowed(viewer: Viewer, chosen: OpinionFilter) -> QuerySet[Opinion]:
    found = narrowed(viewer, chosen.theme, chosen.area)
    return found.filter(state=chosen.state) if chosen.state else found


def _counted(viewer: Viewer, opinions: QuerySet[Opinion]) -> Any:
    said = Hearing.objects.filter(
        opinion=OuterRef("pk"), post__in=sorted(viewer.posts), on=localdate(clock.now())
    )
    return opinions.select_related("area__community").annotate(
        times=Count("hearings"),
        posts=Count("hearings__post", distinct=True),
        last_on=Max("hearings__on"),
        said=Exists(said),
    )


def _row(viewer: Viewer, opinion: Any) -> OpinionRow:
    may_write = scope_over(viewer, "opinion.write", lineage_of_row(opinion)) is not None
    area = opinion.area
    return OpinionRow(
        key=opinion.pk,
        theme=theme_name(opinion.theme),
        words=opinion.words,
        area=area.name,
        community=area.community.name if area.community_id not in (None, area.pk) else "",
        band=str(BANDS[opinion.band]),
        times=opinion.times,
        posts=opinion.posts,
        written_at=opinion.written_at,
        last_on=opinion.last_on,
        state=opinion.state,
        state_label=state_label(opinion.kind, opinion.state),
        over=is_over(opinion),
        may_hear=may_write and not opinion.said and not is_over(opinion),
    )
