"""Visit notes, guidance and findings for programs of the staff (R10)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from shige.trust.asked_fields import cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from ..grids.queries.overview import overseen_area
from .commands import answer_finding, write_note
from .forms import FORMS, AnswerForm
from .queries import NoteView, note_seen, notes_seen

router = Router(tags=["oversight"], auth=STAFF_AUTH)


class NoteOut(Schema):
    """A note; `waits`: a finding that the caller's organisation is to answer."""

    id: str
    kind: str = Field(description="visit, guidance or finding")
    label: str
    area: str
    organisation: str
    on: date
    looked_at: list[str]
    words: str
    to_mend: str
    step: str
    step_by: date | None
    answer: str
    waits: bool


class NoteIn(Schema, extra="forbid"):
    """A note as its form asks; `on`, `looked_at`, `to_mend` and the next step are those of a visit."""

    kind: str
    words: str | None = None
    on: date | None = None
    looked_at: list[str] | None = None
    to_mend: str | None = None
    step: str | None = None
    step_by: date | None = None


class AnswerIn(Schema, extra="forbid"):
    """What was taken up of a finding."""

    words: str


@router.get("/notes", response=list[NoteOut], url_name="notes")
def notes(request: HttpRequest) -> list[dict[str, object]]:
    """List the last notes that the caller wrote, is to read, or that were written below."""
    return [_told(one) for one in notes_seen(admitted(request, "note.see"))]


@router.get("/notes/{veiled:pk}", response=NoteOut, url_name="note")
def note(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one note."""
    return _told(_found(admitted(request, "note.see"), pk))


@router.post("/grids/{code}/notes", response={201: NoteOut}, url_name="write_note")
def write(request: HttpRequest, code: str, given: NoteIn) -> Status[dict[str, object]]:
    """Write a visit note or guidance for the post in charge, or pass a finding above."""
    viewer = admitted(request, "note.write")
    if overseen_area(viewer, code) is None:
        raise Http404(code)
    sent = values_in(given)
    kind = sent.pop("kind")
    if kind not in FORMS:
        raise ValidationError({"kind": _("No such kind of note.")})
    made = write_note(viewer, code, kind, **cleaned(FORMS[kind](sent), sent))
    return Status(201, _told(_found(viewer, made.pk)))


@router.post("/notes/{veiled:pk}/answer", response=NoteOut, url_name="answer_finding")
def answer(request: HttpRequest, pk: int, given: AnswerIn) -> dict[str, object]:
    """Say what was taken up of a finding."""
    viewer = admitted(request, "note.write")
    found = _found(viewer, pk)
    if not found.waits:
        raise ValidationError(_("This is not possible any more. The page shows how it stands now."))
    sent = values_in(given)
    answer_finding(viewer, pk, **cleaned(AnswerForm(sent), sent))
    return _told(_found(viewer, pk))


def _found(viewer: Viewer, pk: int) -> NoteView:
    found = note_seen(viewer, pk)
    if found is None:
        raise Http404
    return found


def _told(found: NoteView) -> dict[str, object]:
    row = found.note
    return {
        **{
            name: getattr(row, name)
            for name in ("kind", "on", "words", "to_mend", "step", "step_by", "answer")
        },
        "id": veiled("key", str(row.pk)),
        "label": found.label,
        "area": row.area.name,
        "organisation": found.organisation,
        "looked_at": found.looked_at,
        "waits": found.waits,
    }
