"""Joint tasks for programs of the staff: calling departments together, and one's own part."""

from datetime import datetime
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from .. import clock
from ..handling.queries.detail import matter_detail
from ..models import Matter
from ..tasks.actors import candidates
from ..tasks.forms import CallForm, NoteForm
from ..visibility.queries.sight import work_of
from . import commands
from .commands import ENDS, PARTS, Summons
from .queries import JointDetail, OwnPart, joint_detail, own_part

router = Router(tags=["tasks"], auth=STAFF_AUTH)


class PartOut(Schema):
    """One post's part, as the street sees it."""

    part: str
    post: str
    attendance: str
    result: str


class JointOut(Schema):
    """A joint task with every part, and what the caller may do with it now."""

    number: str
    purpose: str
    place: str
    meets_at: datetime
    state: str
    state_label: str
    parts: list[PartOut]
    actions: list[str]


class OwnPartOut(Schema):
    """What one post sees: why, where, when, and its own part alone."""

    number: str
    purpose: str
    place: str
    meets_at: datetime
    state_label: str
    post: str
    attendance: str
    result: str
    actions: list[str]


class CalledIn(Schema, extra="forbid"):
    """Who is called together, what for, where and when."""

    posts: list[str]
    purpose: str
    place: str
    meets_at: datetime


class NotedIn(Schema, extra="forbid"):
    """Whether somebody came."""

    attendance: Literal["present", "excused", "absent"]


class SaidIn(Schema, extra="forbid"):
    """What must be said."""

    note: str | None = None


@router.get("/matters/{number}/joint/new", response=list[AskedField], url_name="joint_asked")
def asked(request: HttpRequest, number: str) -> list[AskedField]:
    """Return what calling departments together asks for."""
    matter = _to_call_for(admitted(request, "joint.call"), number)
    return asked_by(CallForm(matter, candidates(matter, owner=True)))


@router.post("/matters/{number}/joint", response={201: JointOut}, url_name="joint_call")
def call(request: HttpRequest, number: str, given: CalledIn) -> Status[dict[str, object]]:
    """Call departments together for a matter; each is told."""
    viewer = admitted(request, "joint.call")
    matter = _to_call_for(viewer, number)
    sent = values_in(given)
    values = cleaned(CallForm(matter, candidates(matter, owner=True), sent), sent)
    summons = Summons(tuple(values["posts"]), values["purpose"], values["place"], values["meets_at"])
    made = commands.call_joint(viewer, number, summons)
    return Status(201, _told(_found(viewer, made.number)))


@router.get("/joint/{number}", response=JointOut, url_name="joint")
def joint(request: HttpRequest, number: str) -> dict[str, object]:
    """Return a joint task with every part."""
    return _told(_found(admitted(request, "joint.see"), number))


@router.post("/joint/{number}/parts/{veiled:part}/attendance", response=JointOut, url_name="joint_attendance")
def attendance(request: HttpRequest, number: str, part: int, given: NotedIn) -> dict[str, object]:
    """Note whether somebody came."""
    viewer = admitted(request, "joint.call")
    _found(viewer, number)
    commands.note_attendance(viewer, number, part, given.attendance)
    return _told(_found(viewer, number))


@router.post("/joint/{number}/parts/{veiled:part}/result", response=JointOut, url_name="joint_result")
def result_for(request: HttpRequest, number: str, part: int, given: SaidIn) -> dict[str, object]:
    """Write down the result of one post, as the street heard it."""
    viewer = admitted(request, "joint.call")
    if all(known.pk != part for known in _found(viewer, number).parts):
        raise Http404
    commands.hand_in_part(viewer, part, given.note or "")
    return _told(_found(viewer, number))


@router.post("/joint/{number}/actions/{action}", response=JointOut, url_name="joint_act")
def end(request: HttpRequest, number: str, action: str, given: SaidIn) -> dict[str, object]:
    """Conclude or cancel a joint task."""
    viewer = admitted(request, "joint.call")
    found = _found(viewer, number)
    row = next((row for row in found.actions if row.action == action and action in ENDS), None)
    if row is None:
        raise Http404
    sent = values_in(given)
    commands.end_joint(viewer, number, action, cleaned(NoteForm(row, sent), sent).get("note", ""))
    return _told(_found(viewer, number))


@router.get("/parts/{veiled:part}", response=OwnPartOut, url_name="part")
def one_part(request: HttpRequest, part: int) -> dict[str, object]:
    """Return one's own part of a joint task; the opening is written down."""
    viewer = admitted(request, "task.do")
    _own(viewer, part)
    commands.note_part_opening(viewer, part)
    return _part_told(_own(viewer, part))


@router.post("/parts/{veiled:part}/actions/{action}", response=OwnPartOut, url_name="part_act")
def act(request: HttpRequest, part: int, action: str, given: SaidIn) -> dict[str, object]:
    """Send apologies (`excuse`), or hand in the result of one's own part (`result`)."""
    viewer = admitted(request, "task.do")
    row = next((row for row in _own(viewer, part).actions if row.action == action), None)
    if row is None:
        raise Http404
    sent = values_in(given)
    note = cleaned(NoteForm(row, sent), sent).get("note", "")
    PARTS[action](viewer, part, note)
    return _part_told(_own(viewer, part))


def _to_call_for(viewer: Viewer, number: str) -> Matter:
    found = matter_detail(viewer, number)
    if found is None or not work_of(viewer, found.matter).may_call:
        raise Http404
    return found.matter


def _found(viewer: Viewer, number: str) -> JointDetail:
    found = joint_detail(viewer, number)
    if found is None:
        raise Http404
    return found


def _own(viewer: Viewer, part: int) -> OwnPart:
    found = own_part(viewer, part)
    if found is None:
        raise Http404
    return found


def _told(found: JointDetail) -> dict[str, object]:
    joint = found.joint
    return {
        **{name: getattr(joint, name) for name in ("number", "purpose", "place", "meets_at", "state")},
        "state_label": found.state_label,
        "parts": [
            {
                "part": veiled("key", str(part.pk)),
                "post": part.post.name,
                "attendance": part.attendance,
                "result": part.result,
            }
            for part in found.parts
        ],
        "actions": [row.action for row in found.actions],
    }


def _part_told(own: OwnPart) -> dict[str, object]:
    joint, part = own.joint, own.part
    late = joint.meets_at <= clock.now()
    return {
        **{name: getattr(joint, name) for name in ("number", "purpose", "place", "meets_at")},
        "state_label": own.state_label,
        "post": part.post.name,
        "attendance": part.attendance,
        "result": part.result,
        "actions": [row.action for row in own.actions if not (row.action == "excuse" and late)],
    }
