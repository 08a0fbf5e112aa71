"""Tasks for programs of the staff: the own list, one task, what may be done with it, and giving one."""

from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.files.api import drop_sent, sent_files
from shige.files.fields import MOST
from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from ..handling.queries.detail import matter_detail
from ..models import Matter
from ..visibility.queries.sight import work_of
from . import commands
from .actors import candidates
from .commands import Order
from .forms import GiveForm, NoteForm
from .queries import Due, TaskDetail, given_to, over_at, task_detail, waiting_for_office

router = Router(tags=["tasks"], auth=STAFF_AUTH)

PLAIN: Final = ("number", "action", "place", "lon", "lat", "state", "due_at")
"""What is told of a task as it is kept."""


class DueOut(Schema):
    """A task, or (`part`) the own part in a joint task."""

    number: str
    part: str | None = Field(description="for `/parts/{part}`, where departments were called together")
    action: str
    place: str
    post: str
    state: str
    state_label: str
    due_at: datetime
    ended: datetime | None
    with_office: bool


class TasksOut(Schema):
    """What was given to the caller's posts, and what waits for a word of their office."""

    given: list[DueOut]
    waiting: list[DueOut]


class NoteActionOut(Schema):
    """An action that is possible now, and what it asks for."""

    action: str
    label: str
    fields: list[AskedField]


class TaskStepOut(Schema):
    """One step of a task."""

    at: datetime
    label: str
    post: str
    note: str


class TaskOut(Schema):
    """One task as its post and its office see it; `matter` is told to the office alone."""

    number: str
    action: str
    place: str
    lon: float | None
    lat: float | None
    post: str
    state: str
    state_label: str
    due_at: datetime
    matter: str | None
    steps: list[TaskStepOut]
    actions: list[NoteActionOut]


class NoteIn(Schema, extra="forbid"):
    """What must be said with an action, if anything, and ids of files sent to `/uploads`."""

    note: str | None = None
    files: list[str] = Field(default=[], max_length=MOST)


class GivenIn(Schema, extra="forbid"):
    """A task as the office writes it; `GET …/tasks/new` names the posts and the times."""

    post: str
    action: str
    limit: str
    place: str | None = None
    show_point: bool | None = None
    reason: str | None = None
    photos: list[str] | None = Field(default=None, description="photos of the matter that go with it")
    files: list[str] = Field(default=[], max_length=MOST, description="ids of files sent to `/uploads`")


@router.get("/tasks", response=TasksOut, url_name="tasks")
def tasks(request: HttpRequest, done: bool = False, before: datetime | None = None) -> dict[str, object]:
    """List what the caller was given, the soonest due first; with `done` what is over, the last first."""
    viewer = admitted(request, "task.do")
    rows = over_at(viewer, before) if done else given_to(viewer)
    waiting = [] if done else waiting_for_office(viewer)
    return {"given": [_line(row) for row in rows], "waiting": [_line(row) for row in waiting]}


@router.get("/tasks/{number}", response=TaskOut, url_name="task")
def task(request: HttpRequest, number: str) -> dict[str, object]:
    """Return one task; when whoever was given it opens it, that is written down."""
    viewer = admitted(request, "task.do")
    _found(viewer, number)
    commands.note_opening(viewer, number)
    return _told(_found(viewer, number))


@router.post("/tasks/{number}/actions/{action}", response={200: TaskOut, 204: None}, url_name="task_act")
def act(request: HttpRequest, number: str, action: str, given: NoteIn) -> Status[dict[str, object] | None]:
    """Carry out one action on a task."""
    viewer = admitted(request, "task.do")
    found = _found(viewer, number)
    row = next((row for row in found.actions if row.action == action), None)
    if row is None:
        raise Http404
    sent = {} if given.note is None else {"note": given.note}
    note = cleaned(NoteForm(row, sent), sent).get("note", "")
    commands.move_task(viewer, number, action, note, sent_files(request, given.files, "files"))
    drop_sent(request, given.files)
    left = task_detail(viewer, number)
    return Status(204, None) if left is None else Status(200, _told(left))


@router.get("/matters/{number}/tasks/new", response=list[AskedField], url_name="task_asked")
def asked(request: HttpRequest, number: str) -> list[AskedField]:
    """Return what a task that is split off from a matter asks for."""
    matter = _to_split(admitted(request, "matter.handle"), number)
    return asked_by(GiveForm(matter, candidates(matter)))


@router.post("/matters/{number}/tasks", response={201: TaskOut}, url_name="task_give")
def give(request: HttpRequest, number: str, given: GivenIn) -> Status[dict[str, object]]:
    """Split a task off from a matter."""
    viewer = admitted(request, "matter.handle")
    matter = _to_split(viewer, number)
    sent = values_in(given)
    files = sent.pop("files")
    values = cleaned(GiveForm(matter, candidates(matter), sent), sent)
    values["photos"] = tuple(values["photos"])
    order = Order(**values, pictures=sent_files(request, files, "files"))
    made = commands.give_task(viewer, number, order)
    drop_sent(request, files)
    return Status(201, _told(_found(viewer, made.number)))


def _found(viewer: Viewer, number: str) -> TaskDetail:
    found = task_detail(viewer, number)
    if found is None:
        raise Http404
    return found


def _to_split(viewer: Viewer, number: str) -> Matter:
    found = matter_detail(viewer, number)
    if found is None or not work_of(viewer, found.matter).may_give:
        raise Http404
    return found.matter


def _line(row: Due) -> dict[str, object]:
    names = set(DueOut.model_fields) - {"part"}
    part = veiled("key", str(row.part)) if row.part is not None else None
    return {"part": part, **{name: getattr(row, name) for name in names}}


def _told(found: TaskDetail) -> dict[str, object]:
    task = found.task
    return {
        **{
            name: getattr(task, name)
            for name in ("number", "action", "place", "lon", "lat", "state", "due_at")
        },
        "post": task.post.name,
        "state_label": found.state_label,
        "matter": task.matter.number if found.office else None,
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
        ],
    }
