"""Proposals for idle space, for programs of the office (R13)."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from shige.trust.asked_fields import key_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.telephone_field import shown
from shige.trust.veil import veiled

from ..points.queries import point_kept
from . import commands
from .queries import waiting_for

router = Router(tags=["service points"], auth=STAFF_AUTH)


class WaitingOut(Schema):
    """A proposal that waits, and at which point."""

    id: str
    point: str
    point_name: str
    words: str
    proposed_at: datetime
    phone_left: bool


class AnswerIn(Schema, extra="forbid"):
    """What is answered; everybody reads the words."""

    adopted: bool
    words: str


class ContactOut(Schema):
    """The telephone that was left; empty where none is kept. It is on record that it was opened."""

    telephone: str


@router.get("/proposals/waiting", response=list[WaitingOut], url_name="service_point_proposals")
def waiting(request: HttpRequest) -> list[dict[str, object]]:
    """List the proposals that wait for the caller's answer."""
    return [
        {
            "id": veiled("key", str(row.pk)),
            "point": veiled("key", str(row.point_id)),
            "point_name": row.point.name,
            "words": row.words,
            "proposed_at": row.proposed_at,
            "phone_left": row.phone_handle is not None,
        }
        for row in waiting_for(admitted(request, "service_point.edit"))
    ]


@router.post("/{veiled:pk}/proposals/{proposal}/answer", response={204: None}, url_name="proposal_answer")
def answer(request: HttpRequest, pk: int, proposal: str, given: AnswerIn) -> Status[None]:
    """Answer a proposal."""
    viewer, key = _keeping(request, pk), key_in("proposal", proposal)
    commands.answer(viewer, pk, key, given.words, adopted=given.adopted)
    return Status(204, None)


@router.post("/{veiled:pk}/proposals/{proposal}/phone", response=ContactOut, url_name="proposal_phone")
def phone(request: HttpRequest, pk: int, proposal: str) -> dict[str, str]:
    """Open the telephone of whoever proposed, on record."""
    key = key_in("proposal", proposal)
    return {"telephone": shown(commands.open_phone(_keeping(request, pk), pk, key))}


def _keeping(request: HttpRequest, pk: int) -> Viewer:
    """Return the caller; 404 where they keep no such point."""
    viewer = admitted(request, "service_point.edit")
    if point_kept(viewer, pk) is None:
        raise Http404
    return viewer
