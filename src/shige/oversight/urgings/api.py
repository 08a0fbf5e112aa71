"""Urgings for programs of the staff: made, read, answered and followed as on the pages (督办, R10)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from ..grids.queries.overview import overseen_area
from .acts import act_named
from .commands import move_urging, urge
from .forms import ActForm, UrgeForm
from .queries.urgings import UrgingDetail, UrgingRow, open_urgings, past_urgings, urging_detail

router = Router(tags=["oversight"], auth=STAFF_AUTH)


class UrgingOut(Schema):
    """One line; `category` is empty where it is about the whole grid, `waits`: for a word of the caller."""

    id: str
    area: str
    category: str
    due: date
    late: bool
    state: str
    state_label: str
    told_above: bool
    waits: bool


class SaidOut(Schema):
    """What was said, and the day that was named with it; `done`: an answer, and it was done on that day."""

    at: datetime
    label: str
    post: str
    words: str
    on: date | None
    done: bool


class ActOut(Schema):
    """An act that is possible now, and what it asks for."""

    action: str
    label: str
    fields: list[AskedField]


class UrgingDetailOut(UrgingOut):
    """One urging with all that was said and what the caller may do with it now."""

    organisation: str
    matter: str | None = Field(description="its number, for the side that is asked alone")
    said: list[SaidOut]
    acts: list[ActOut]


class UrgeIn(Schema, extra="forbid"):
    """Why an answer is asked for, and by when; `case` as `GET /oversight/grids/{code}` names it."""

    reason: str
    due: date
    case: str | None = None


class WordsIn(Schema, extra="forbid"):
    """What is said with an act, and the day that it names."""

    words: str
    on: date | None = None


@router.get("/urgings", response=list[UrgingOut], url_name="urgings")
def urgings(request: HttpRequest, over: bool = False, q: str = "") -> list[dict[str, object]]:
    """List the urgings that the caller made, was asked or was told of.

    ``over``: those that are over; ``q``: with these words in the grid's name or in what was said.
    """
    viewer = admitted(request, "urging.see")
    return [_line(row) for row in (past_urgings if over else open_urgings)(viewer, q)]


@router.post("/grids/{code}/urgings", response={201: UrgingDetailOut}, url_name="urge")
def make(request: HttpRequest, code: str, given: UrgeIn) -> Status[dict[str, object]]:
    """Urge the post in charge of an area that the caller oversees, or of a case there."""
    viewer = admitted(request, "urging.make")
    if overseen_area(viewer, code) is None:
        raise Http404(code)
    sent = values_in(given)
    made = urge(viewer, code, **cleaned(UrgeForm(sent), sent))
    return Status(201, _told(_found(viewer, made.pk)))


@router.get("/urgings/{veiled:pk}", response=UrgingDetailOut, url_name="urging")
def urging(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one urging."""
    return _told(_found(admitted(request, "urging.see"), pk))


@router.post("/urgings/{veiled:pk}/acts/{action}", response=UrgingDetailOut, url_name="urging_act")
def act(request: HttpRequest, pk: int, action: str, given: WordsIn) -> dict[str, object]:
    """Answer an urging, close it, ask once more or withdraw it."""
    viewer = admitted(request, "urging.see")
    found, wanted = _found(viewer, pk), act_named(action)
    if wanted is None:
        raise Http404(action)
    if wanted not in found.acts:
        raise ValidationError(_("This is not possible any more. The page shows how it stands now."))
    sent = values_in(given)
    move_urging(viewer, pk, action, **cleaned(ActForm(wanted, sent), sent))
    return _told(_found(viewer, pk))


def _found(viewer: Viewer, pk: int) -> UrgingDetail:
    found = urging_detail(viewer, pk)
    if found is None:
        raise Http404
    return found


def _line(row: UrgingRow) -> dict[str, object]:
    shown = set(UrgingOut.model_fields) - {"id", "state_label"}
    return {name: getattr(row, name) for name in shown} | {
        "id": veiled("key", str(row.key)),
        "state_label": str(row.state_label),
    }


def _told(found: UrgingDetail) -> dict[str, object]:
    return {
        **_line(found.row),
        "organisation": found.organisation,
        "matter": found.number or None,
        "said": [
            {"at": step.when, "label": str(step.label)}
            | {name: getattr(step, name) for name in ("post", "words", "on", "done")}
            for step in found.said
        ],
        "acts": [
            {"action": one.action, "label": str(one.label), "fields": asked_by(ActForm(one))}
            for one in found.acts
        ],
    }
