"""The record of a mediation for programs of the staff: read, written, opened on record (R24, P5)."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.matters.handling.forms import RevealForm
from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from .disclosure import reveal_mediation
from .entries import SAVES, TICKS
from .panel import forms_of
from .queries import Record, dispute_seen

router = Router(tags=["disputes"], auth=STAFF_AUTH)


class PartyOut(Schema):
    """One party without name."""

    id: str
    side: str
    has_phone: bool


class SessionOut(Schema):
    """One session."""

    held_at: datetime
    where: str
    mediator: str
    helpers: list[str]
    others: str
    result: str
    next_on: date | None


class PromiseOut(Schema):
    """One promised step."""

    id: str
    who: str
    what: str
    due: date
    done_at: datetime | None
    late: bool


class EntryOut(Schema):
    """A kind of entry that may be written now, and what it asks for."""

    entry: str
    fields: list[AskedField]


class RecordOut(Schema):
    """What is not sealed of a mediation, and what the caller may write now."""

    number: str
    state: str
    parties: list[PartyOut]
    sessions: list[SessionOut]
    promises: list[PromiseOut]
    notes: int
    noted_at: datetime | None
    agreement: bool
    agreed_at: datetime | None
    account: str
    handed_at: datetime | None
    may_open: bool
    entries: list[EntryOut]


class EntryIn(Schema, extra="forbid"):
    """What an entry asks for: the fields that the record names, and no others."""

    text: str | None = None
    side: str | None = None
    name: str | None = None
    phone: str | None = None
    held_at: datetime | None = None
    where: str | None = None
    result: str | None = None
    helpers: list[str] | None = Field(default=None, description="posts that mediated as well")
    others: str | None = None
    next_on: date | None = None
    who: str | None = None
    what: str | None = None
    due: date | None = None


class ReasonIn(Schema, extra="forbid"):
    """Why it is opened; it is on record."""

    reason: str


class OpenedPartyOut(Schema):
    """A party in the clear."""

    id: str
    side: str
    name: str
    phone: str


class OpenedNoteOut(Schema):
    """One addition to the running note."""

    at: datetime
    post: str
    text: str


class OpenedOut(Schema):
    """What was sealed; `notes` are empty for whoever has only a task in the dispute."""

    parties: list[OpenedPartyOut]
    notes: list[OpenedNoteOut]
    agreement: str


@router.get("/{number}/mediation", response=RecordOut, url_name="mediation")
def record(request: HttpRequest, number: str) -> dict[str, object]:
    """Return the record of a dispute; no names, no telephones, no words of the parties."""
    return _told(_found(admitted(request, "matter.handle"), number))


@router.post("/{number}/mediation/open", response=OpenedOut, url_name="mediation_open")
def reveal(request: HttpRequest, number: str, given: ReasonIn) -> dict[str, object]:
    """Open what is sealed of a record, with a reason and on record."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    sent = values_in(given)
    opened = reveal_mediation(viewer, number, cleaned(RevealForm(sent), sent)["reason"])
    return {
        "parties": [
            {"id": _key(party.pk), "side": party.side, "name": party.name, "phone": party.phone}
            for party in opened.parties
        ],
        "notes": [{"at": note.when, "post": note.post, "text": note.text} for note in opened.notes],
        "agreement": opened.agreement,
    }


@router.post("/{number}/mediation/promises/{veiled:pk}/kept", response=RecordOut, url_name="promise_kept")
def kept(request: HttpRequest, number: str, pk: int) -> dict[str, object]:
    """Note that a promised step was done."""
    return _ticked(admitted(request, "matter.handle"), number, "kept", pk)


@router.delete("/{number}/mediation/parties/{veiled:pk}", response=RecordOut, url_name="party_remove")
def remove(request: HttpRequest, number: str, pk: int) -> dict[str, object]:
    """Take a party out, with what was sealed of them."""
    return _ticked(admitted(request, "matter.handle"), number, "remove", pk)


@router.post("/{number}/mediation/{entry}", response={201: RecordOut}, url_name="mediation_entry")
def write(request: HttpRequest, number: str, entry: str, given: EntryIn) -> Status[dict[str, object]]:
    """Write an entry: `note`, `party`, `session`, `promise` or `agreement`."""
    viewer = admitted(request, "matter.handle")
    found = _found(viewer, number)
    if entry not in SAVES:
        raise Http404
    sent = values_in(given)
    form = forms_of(found, sent, entry)[entry]
    cleaned(form, sent)
    SAVES[entry](viewer, number, form)
    return Status(201, _told(_found(viewer, number)))


def _found(viewer: Viewer, number: str) -> Record:
    found = dispute_seen(viewer, number)
    if found is None:
        raise Http404
    return found[1]


def _ticked(viewer: Viewer, number: str, what: str, pk: int) -> dict[str, object]:
    _found(viewer, number)
    try:
        TICKS[what](viewer, number, pk)
    except PermissionDenied as error:
        raise Http404 from error
    return _told(_found(viewer, number))


def _key(pk: int) -> str:
    return veiled("key", str(pk))


def _told(found: Record) -> dict[str, object]:
    forms = forms_of(found) if found.may_write else {}
    same = set(RecordOut.model_fields) - {"parties", "promises", "entries"}
    return {
        **{name: getattr(found, name) for name in same},
        "parties": [
            {"id": _key(party.pk), "side": party.side, "has_phone": party.has_phone}
            for party in found.parties
        ],
        "promises": [
            {
                "id": _key(step.pk),
                **{name: getattr(step, name) for name in ("who", "what", "due", "done_at", "late")},
            }
            for step in found.promises
        ],
        "entries": [{"entry": name, "fields": asked_by(form)} for name, form in forms.items()],
    }
