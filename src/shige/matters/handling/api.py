"""One matter for programs of the staff: what a person at work can do on its page."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.files.api import drop_sent, sent_files
from shige.files.fields import MOST
from shige.profile import Transition
from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language
from shige.trust.page_access import STAFF_AUTH, admitted, viewer_in

from ..filing.commands.photos import Staged, add_photos
from ..lists.api import MatterOut, line
from ..workflow.workflows import workflow_of
from .acts import ACTS, action_form
from .commands import contact
from .commands.links import relate, unrelate
from .forms import RelationForm, RevealForm
from .queries.detail import Detail, matter_detail

router = Router(tags=["matters"], auth=STAFF_AUTH)


class StepOut(Schema):
    """One step of the history."""

    at: datetime
    action: str
    post: str
    to_post: str
    note: str
    remark: str


class MatterDetailOut(MatterOut):
    """One matter with its history and what the caller may do with it now."""

    steps: list[StepOut]
    actions: list[str]


class ActionOut(Schema):
    """An action that is possible now, and what it asks for."""

    action: str
    label: str
    fields: list[AskedField]
    takes_files: bool = Field(description="whether photos and PDFs may go with it")


class FilesIn(Schema, extra="forbid"):
    """Ids of files sent to `/uploads`, by what they show."""

    photos: list[str] = Field(default=[], max_length=MOST)
    before: list[str] = Field(default=[], max_length=MOST)
    after: list[str] = Field(default=[], max_length=MOST)

    @property
    def ids(self) -> list[str]:
        """All of them."""
        return [*self.photos, *self.before, *self.after]


class ActionIn(Schema, extra="forbid"):
    """What goes with an action: the fields that `GET …/actions` names, and no others."""

    note: str | None = None
    post: str | None = None
    into: str | None = Field(default=None, description="number of the matter into which this one is merged")
    category: str | None = None
    reason: str | None = None
    lon: float | None = Field(default=None, description="WGS-84 degrees")
    lat: float | None = None
    building: int | None = None
    rating: int | None = None
    despite: str | None = Field(default=None, description="why it is solved although tasks are still open")


class ActIn(Schema, extra="forbid"):
    """An action with its fields and files."""

    fields: ActionIn = ActionIn()
    files: FilesIn = FilesIn()


class RevealIn(Schema, extra="forbid"):
    """What is opened, and why where it is confidential; it is on record."""

    what: Literal["words", "contact", "claimant"]
    reason: str | None = None


class OpenedOut(Schema):
    """What was sealed."""

    words: str | None = None
    name: str | None = None
    phone: str | None = None
    callback: str | None = None
    room: str | None = None


class RelationIn(Schema, extra="forbid"):
    """Another matter that belongs to this one, and why."""

    other: str
    reason: str


@router.get("/{number}", response=MatterDetailOut, url_name="matter")
def one_matter(request: HttpRequest, number: str) -> dict[str, object]:
    """Return one matter."""
    return _told(_found(viewer_in(request), number))


@router.get("/{number}/actions", response=list[ActionOut], url_name="matter_actions")
def actions(request: HttpRequest, number: str) -> list[dict[str, object]]:
    """Return what the caller may do with a matter now, and what each action asks for."""
    found = _found(admitted(request, "matter.handle"), number)
    return [
        {
            "action": row.action,
            "label": row.name.in_language(language()),
            "fields": asked_by(action_form(row, found)),
            "takes_files": bool(row.result),
        }
        for row in found.actions
    ]


@router.post("/{number}/actions/{action}", response={200: MatterDetailOut, 204: None}, url_name="matter_act")
def act(request: HttpRequest, number: str, action: str, given: ActIn) -> Status[dict[str, object] | None]:
    """Carry out one action of the table, as its button does; 204 where the matter is out of sight then."""
    viewer = admitted(request, "matter.handle")
    found = _found(viewer, number)
    row = _row(found, action)
    sent = values_in(given.fields)
    values = cleaned(action_form(row, found, sent), sent)
    if row.result:
        values["staged"] = _staged(request, given.files)
    ACTS[action](viewer, number, values)
    drop_sent(request, given.files.ids)
    return _left(viewer, number)


@router.post("/{number}/photos", response={200: MatterDetailOut, 204: None}, url_name="matter_photos")
def photos(request: HttpRequest, number: str, files: FilesIn) -> Status[dict[str, object] | None]:
    """Add photos and PDFs of the office."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    add_photos(viewer, number, _staged(request, files))
    drop_sent(request, files.ids)
    return _left(viewer, number)


@router.post("/{number}/reveal", response=OpenedOut, url_name="matter_reveal", exclude_none=True)
def reveal(request: HttpRequest, number: str, given: RevealIn) -> dict[str, object]:
    """Open contact or words, with a reason and on record (P5, P7)."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    asked = contact.openable(viewer, number).confidential
    sent = {} if given.reason is None else {"reason": given.reason}
    reason = cleaned(RevealForm(sent, asked=asked), sent).get("reason", "")
    if given.what == "words":
        return {"words": contact.reveal_words(viewer, number, reason)}
    open_ = contact.reveal_contact if given.what == "contact" else contact.reveal_claimant
    who = open_(viewer, number, reason)
    return {"name": who.name, "phone": who.phone, "callback": who.callback, "room": who.room}


@router.post("/{number}/related", response={204: None}, url_name="matter_relate")
def add_related(request: HttpRequest, number: str, given: RelationIn) -> Status[None]:
    """Let this matter and another one point to each other."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    values = cleaned(RelationForm(given.model_dump()), given.model_dump())
    relate(viewer, number, values["other"], values["reason"])
    return Status(204, None)


@router.delete("/{number}/related/{other}", response={204: None}, url_name="matter_unrelate")
def drop_related(request: HttpRequest, number: str, other: str) -> Status[None]:
    """Take that back."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    unrelate(viewer, number, other)
    return Status(204, None)


def _found(viewer: Viewer, number: str) -> Detail:
    found = matter_detail(viewer, number)
    if found is None:
        raise Http404
    return found


def _row(found: Detail, action: str) -> Transition:
    table = workflow_of(found.matter.kind)
    if action not in ACTS or not table.has(action):
        raise Http404
    return table.transition(action)


def _staged(request: HttpRequest, files: FilesIn) -> Staged:
    staged: dict[str, Any] = {}
    room = MOST
    for field, stage in (("photos", ""), ("before", "before"), ("after", "after")):
        staged[stage] = sent_files(request, getattr(files, field), f"files.{field}", room)
        room -= len(staged[stage])
    return staged


def _left(viewer: Viewer, number: str) -> Status[dict[str, object] | None]:
    found = matter_detail(viewer, number)
    return Status(204, None) if found is None else Status(200, _told(found))


def _told(found: Detail) -> dict[str, object]:
    steps = [
        {
            "at": step.when,
            "action": step.action,
            "post": step.post,
            "to_post": step.to_post,
            "note": step.note,
            "remark": step.remark,
        }
        for step in found.history
    ]
    return {**line(found.row), "steps": steps, "actions": [action.action for action in found.actions]}
