"""Import of matters in two steps: a table, then a preview with every fault, then all rows or none (R21)."""

from collections import Counter
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.territory.intake import uploads
from shige.territory.intake.tables import UnreadableFile
from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in

from ..categories import category_name
from .columns import MappingError, load_mapping
from .commands import fresh, import_matters, known_before, left_out
from .forms import ImportForm
from .queries import foreseen, import_streets
from .rows import Intake, read_matters

FAULTS_SHOWN = 200
MOVED_SHOWN = 50
FIRST_SHOWN = 10
SAVED: Final = "imported"
"""Under which name a session keeps what its last import has done."""


@require_http_methods(["GET", "POST"])
@staff_page("matter.import")
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the table, what it means, and the street that takes what lies outside every grid."""
    streets = import_streets(viewer_in(request))
    form = ImportForm(streets, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = {part: form.cleaned_data[part] for part in ("table", "mapping") if form.cleaned_data[part]}
        token = uploads.keep(viewer_in(request).person or 0, files, form.cleaned_data["street"])
        return redirect("matters:import_preview", token=token)
    return render(request, "matters/import.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@staff_page("matter.import")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an import would do, or every fault of its table; nothing is saved yet."""
    return _previewed(request, uploads.find(viewer_in(request).person or 0, token))


def _previewed(request: HttpRequest, upload: uploads.Upload, refused: str = "") -> HttpResponse:
    shown: dict[str, Any] = {"token": upload.token, "street": _street(request, upload), "refused": refused}
    try:
        intake = _read(upload)
    except MappingError as error:
        return render(request, "matters/import_preview.html", shown | {"stopped": str(error)}, status=422)
    except UnreadableFile as error:
        return render(
            request, "matters/import_preview.html", shown | {"stopped": str(error.fault)}, status=422
        )
    shown |= _told(viewer_in(request), intake)
    if not intake.faults:
        first = fresh(viewer_in(request), intake)[:FIRST_SHOWN]
        shown["rows"] = foreseen(first, intake.mapping.datum, shown["street"])
    status = 422 if intake.faults or refused else 200
    return render(request, "matters/import_preview.html", shown, status=status)


@require_POST
@staff_page("matter.import")
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Save an import that has no faults; pressed twice, it leads to what the first time has done."""
    before = request.session.get(SAVED)
    if before and before["token"] == token:
        return _said(request, before["said"])
    upload = uploads.find(viewer_in(request).person or 0, token)
    try:
        done = import_matters(viewer_in(request), _read(upload), _street(request, upload))
    except (MappingError, UnreadableFile, ValueError):
        return redirect("matters:import_preview", token=token)
    except PermissionDenied:
        messages.error(request, _("Part of this import lies outside your area. Nothing was saved."))
        return redirect("matters:import_preview", token=token)
    except ValidationError as error:
        return _previewed(request, upload, refused=" ".join(error.messages))
    uploads.drop(token)
    told = {"added": done.added, "open": done.open, "known": done.known}
    said = _("%(added)d matters were imported, %(open)d of them open; %(known)d were known already.") % told
    request.session[SAVED] = {"token": token, "said": said}
    return _said(request, said)


def _said(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("matters:import")


def _read(upload: uploads.Upload) -> Intake:
    table, written = upload.files["table"], upload.files.get("mapping")
    try:
        mapping = load_mapping(written.content.decode("utf-8-sig")) if written else None
    except UnicodeDecodeError:
        raise MappingError(_("The mapping is not written in UTF-8.")) from None
    return read_matters(table.name, table.content, mapping)


def _street(request: HttpRequest, upload: uploads.Upload) -> Area:
    found = next((a for a in import_streets(viewer_in(request)) if a.code == upload.datum), None)
    if found is None:
        raise Http404
    return found


def _told(viewer: Viewer, intake: Intake) -> dict[str, Any]:
    counted = Counter(draft.category for draft in intake.drafts)
    first = intake.drafts[0].reported if intake.drafts else None
    last = intake.drafts[-1].reported if intake.drafts else None
    return {
        "known": 0 if intake.faults else len(known_before(viewer, intake).seen),
        "intake": intake,
        "categories": [(category_name(code), count) for code, count in counted.most_common()],
        "open": sum(draft.closed is None for draft in intake.drafts),
        "placed": sum(draft.lon is not None for draft in intake.drafts),
        "moved": [
            (draft.row, category_name(draft.given), category_name(draft.category))
            for draft in intake.moved[:MOVED_SHOWN]
        ],
        "left_out": left_out(intake),
        "first": first,
        "last": last,
        "faults": intake.faults[:FAULTS_SHOWN],
        "notes": intake.notes,
    }
