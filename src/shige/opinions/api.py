"""Opinion notes for programs of the staff: the list, one note, writing and hearing, what is rising (R40)."""

from datetime import date, datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from shige.matters.tasks.forms import NoteForm
from shige.territory.models import Area
from shige.trust.asked_fields import AskedField, asked_by, cleaned, key_in, values_in
from shige.trust.commands import note_export
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from .commands import OpinionIn, hear_too, move_opinion, write_opinion
from .forms import OpinionForm
from .queries.counts import Cell, opinion_counts, opinions_to_share
from .queries.notes import (
    OpinionDetail,
    OpinionFilter,
    OpinionRow,
    opinion_areas,
    opinion_detail,
    opinion_list,
)
from .rules import RAISE

router = Router(tags=["opinions"], auth=STAFF_AUTH)


class NoteOut(Schema):
    """One line of the list; `may_hear`: the caller's post may add that it heard the same."""

    id: str
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


class NotesOut(Schema):
    """A page of the list, the newest first; `older` and `newer` go into `before` and `after`."""

    items: list[NoteOut]
    older: str | None
    newer: str | None


class EventOut(Schema):
    """What an office did about a note."""

    at: datetime
    label: str
    post: str
    note: str


class FollowUpOut(Schema):
    """An action that is possible now, and what it asks for."""

    action: str
    label: str
    fields: list[AskedField]


class NoteDetailOut(NoteOut):
    """One note with what became of it and what the caller may do with it now."""

    grid: str = Field(description="code of its area")
    post: str
    followed_by: str
    matter: str | None
    steps: list[EventOut]
    actions: list[FollowUpOut]


class HeardOut(Schema):
    """How often something was heard in each span, the oldest first."""

    name: str
    counts: list[int]


class CountsOut(Schema):
    """What was heard in the spans that end on these days; what rises most comes first."""

    ends: list[date]
    themes: list[HeardOut]
    places: list[HeardOut]


class CellOut(Schema):
    """One line of what may leave the office; `times` is null where it is too few to tell."""

    month: date
    place: str
    theme: str
    times: int | None


class WrittenIn(Schema, extra="forbid"):
    """What is said in a place; `GET …/new` names themes, areas and numbers of people."""

    theme: str
    area: str
    words: str
    band: str
    on: date


class SaidIn(Schema, extra="forbid"):
    """What must be said with an action, if anything."""

    note: str | None = None


@router.get("", response=NotesOut, url_name="opinions")
def notes(
    request: HttpRequest,
    theme: str = "",
    area: str = "",
    state: str = "",
    before: str = "",
    after: str = "",
) -> dict[str, object]:
    """List the notes of the caller's areas; ``area`` is a code."""
    viewer = admitted(request, "opinion.see")
    chosen = OpinionFilter(
        theme=theme,
        area=_area(viewer, area),
        state=state,
        before=key_in("before", before) if before else None,
        after=key_in("after", after) if after else None,
    )
    page = opinion_list(viewer, chosen)
    return {"items": [_line(row) for row in page.rows], "older": _key(page.older), "newer": _key(page.newer)}


@router.get("/new", response=list[AskedField], url_name="opinion_asked")
def asked(request: HttpRequest) -> list[AskedField]:
    """Return what a note asks for."""
    return asked_by(OpinionForm(opinion_areas(admitted(request, "opinion.write"), "opinion.write")))


@router.get("/counts", response=CountsOut, url_name="opinion_counts")
def counts(
    request: HttpRequest, by: Literal["week", "month"] = "week", theme: str = "", area: str = ""
) -> object:
    """Count what was heard, by theme and by place."""
    viewer = admitted(request, "opinion.follow")
    return opinion_counts(viewer, by, theme, _area(viewer, area))


@router.get("/export", response=list[CellOut], url_name="opinion_export")
def export(request: HttpRequest, theme: str = "", area: str = "") -> list[Cell]:
    """Hand out a year by month, place and theme, without small counts (P8); it is on record."""
    viewer = admitted(request, "opinion.follow")
    cells = opinions_to_share(viewer, theme, _area(viewer, area))
    note_export(viewer, "opinion", len(cells))
    return cells


@router.post("", response={201: NoteDetailOut}, url_name="opinion_write")
def write(request: HttpRequest, given: WrittenIn) -> Status[dict[str, object]]:
    """Write down what is said in a place: no names, no telephones, no doors."""
    viewer = admitted(request, "opinion.write")
    sent = values_in(given)
    values = cleaned(OpinionForm(opinion_areas(viewer, "opinion.write"), sent), sent)
    made = write_opinion(viewer, OpinionIn(**values))
    return Status(201, _told(_found(viewer, made.pk)))


@router.get("/{veiled:pk}", response=NoteDetailOut, url_name="opinion")
def one(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one note."""
    return _told(_found(admitted(request, "opinion.see"), pk))


@router.post("/{veiled:pk}/hear", response=NoteDetailOut, url_name="opinion_hear")
def hear(request: HttpRequest, pk: int) -> dict[str, object]:
    """Note that the caller's post has heard the same today."""
    viewer = admitted(request, "opinion.write")
    _found(viewer, pk)
    hear_too(viewer, pk)
    return _told(_found(viewer, pk))


@router.post("/{veiled:pk}/actions/{action}", response=NoteDetailOut, url_name="opinion_act")
def act(request: HttpRequest, pk: int, action: str, given: SaidIn) -> dict[str, object]:
    """Follow a note up, answer it or set it aside."""
    viewer = admitted(request, "opinion.follow")
    found = _found(viewer, pk)
    row = next((row for row in found.actions if row.action == action != RAISE), None)
    if row is None:
        raise Http404
    sent = values_in(given)
    move_opinion(viewer, pk, action, cleaned(NoteForm(row, sent), sent).get("note", ""))
    return _told(_found(viewer, pk))


def _area(viewer: Viewer, code: str) -> Area | None:
    if not code:
        return None
    found = next((area for area in opinion_areas(viewer, "opinion.see") if area.code == code), None)
    if found is None:
        raise ValidationError({"area": _("Please choose a grid.")})
    return found


def _found(viewer: Viewer, pk: int) -> OpinionDetail:
    found = opinion_detail(viewer, pk)
    if found is None:
        raise Http404
    return found


def _key(pk: int | None) -> str | None:
    return None if pk is None else veiled("key", str(pk))


def _line(row: OpinionRow) -> dict[str, object]:
    return {"id": _key(row.key), **{name: getattr(row, name) for name in set(NoteOut.model_fields) - {"id"}}}


def _told(found: OpinionDetail) -> dict[str, object]:
    return {
        **_line(found.row),
        "grid": found.code,
        "post": found.post,
        "followed_by": found.followed_by,
        "matter": found.matter or None,
        "steps": [
            {"at": step.when, "label": step.label, "post": step.post, "note": step.note}
            for step in found.history
        ],
        "actions": [
            {
                "action": row.action,
                "label": row.name.in_language(language()),
                "fields": asked_by(NoteForm(row)),
            }
            for row in found.actions
            if row.action != RAISE
        ],
    }
