"""Pages of notes: written about a grid, read by the post in charge and above, findings answered (R10)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.gate import Viewer, may
from shige.trust.page_access import staff_page, viewer_in

from ..grids.queries.overview import overseen_area
from .commands import answer_finding, write_note
from .forms import FORMS, AnswerForm
from .kinds import DO
from .queries import NoteView, note_seen, notes_seen


@require_safe
@staff_page("note.see")
def notes(request: HttpRequest) -> HttpResponse:
    """List visit notes, guidance and findings, those that wait for an answer first."""
    viewer = viewer_in(request)
    rows = sorted(notes_seen(viewer), key=lambda one: not one.waits)
    return render(request, "oversight/notes.html", {"rows": rows, "oversees": may(viewer, "oversight.see")})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("note.write")
def write(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Write a note about a grid."""
    viewer = viewer_in(request)
    watched = overseen_area(viewer, code)
    if watched is None or kind not in FORMS:
        raise Http404(code)
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = write_note(viewer, code, kind, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Written. Whoever is to read it has a message."))
            return redirect("oversight:note", made.pk)
    shown = {"form": form, "watched": watched, "kind": kind, "label": DO[kind]}
    return render(request, "oversight/write_note.html", shown, status=422 if form.errors else 200)


@require_safe
@staff_page("note.see")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one note, with the form of an answer for whoever it waits for."""
    return _shown(request, _found(request, pk), AnswerForm())


@require_POST
@staff_page("note.write")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a finding."""
    found, form = _found(request, pk), AnswerForm(request.POST)
    if not found.waits:
        messages.error(request, _("This is not possible any more. The page shows how it stands now."))
        return redirect("oversight:note", pk)
    if form.is_valid():
        try:
            answer_finding(viewer_in(request), pk, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Answered."))
            return redirect("oversight:note", pk)
    return _shown(request, found, form)


def panel(viewer: Viewer, area: Area) -> dict[str, object]:
    """Return what the page of a grid shows of notes about it, and which more may be written."""
    if not may(viewer, "note.see"):
        return {}
    written = list(DO.items()) if may(viewer, "note.write") else []
    return {"notes": notes_seen(viewer, area), "note_kinds": written}


def _found(request: HttpRequest, pk: int) -> NoteView:
    found = note_seen(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: NoteView, form: forms.Form) -> HttpResponse:
    shown = {"found": found, "note": found.note, "form": form}
    return render(request, "oversight/note.html", shown, status=422 if form.errors else 200)
