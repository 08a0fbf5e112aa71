"""Import in two steps: files, then a preview with every error by row and column, then all or nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.jurisdiction import profile
from shige.trust.page_access import staff_page, viewer_in

from . import uploads
from .commands.divisions import import_divisions
from .commands.units import import_units
from .divisions import read_divisions
from .forms import ImportForm
from .ground import ImportedGround, read_ground
from .queries import preview_units

FAULTS_SHOWN = 200


@staff_page("territory.import")
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the files of an import."""
    if request.method != "POST":
        return asked(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked(request, form)
    said = form.cleaned_data
    token = uploads.keep(person_of(request), form.uploaded(), said["datum"], trusted=said["trusted"])
    return redirect("territory:import_preview", token=token)


def asked(request: HttpRequest, form: ImportForm) -> HttpResponse:
    """Show the form with the columns that are read."""
    kinds = _(", ").join(kind.headers[0] if kind.headers else kind.code for kind in profile().grids.kinds)
    shown = {"form": form, "kinds": kinds}
    return render(request, "territory/import.html", shown, status=422 if form.errors else 200)


@staff_page("territory.import")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an import would do, or every fault of its files; nothing is saved yet."""
    upload = uploads.find(person_of(request), token)
    context: dict[str, Any] = {"upload": upload}
    if "divisions" in upload.files:
        rows, faults, notes = read_divisions(upload.files["divisions"])
        context |= {"rows": rows, "notes": notes}
    else:
        ground = ground_of(upload)
        faults = list(ground.faults)
        context |= {"notes": ground.notes}
        if not faults:
            context |= {"preview": preview_units(viewer_in(request), ground)}
    context |= {"faults": faults[:FAULTS_SHOWN], "fault_count": len(faults)}
    return render(request, "territory/import_preview.html", context, status=422 if faults else 200)


@require_POST
@staff_page("territory.import")
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Save an import that has no faults; all of it or nothing."""
    upload = uploads.find(person_of(request), token)
    try:
        said = saved(request, upload)
    except PermissionDenied:
        messages.error(request, _("Part of this import lies outside your area. Nothing was saved."))
        return redirect("territory:import_preview", token=token)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("territory:import_preview", token=token)
    uploads.drop(token)
    messages.success(request, said)
    return redirect("territory:import")


def saved(request: HttpRequest, upload: uploads.Upload) -> str:
    """Carry an import out; return what was done in words."""
    viewer = viewer_in(request)
    if "divisions" in upload.files:
        rows, faults, _notes = read_divisions(upload.files["divisions"])
        refuse(bool(faults))
        tree = import_divisions(viewer, rows)
        return _("%(added)d divisions added, %(renamed)d renamed.") % {
            "added": tree.added,
            "renamed": tree.renamed,
        }
    ground = ground_of(upload)
    refuse(bool(ground.faults))
    done = import_units(viewer, ground.units, ground.features, ground.areas, ground.unsaid)
    told = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    return _("%(added)d buildings added, %(changed)d changed, %(unchanged)d as they were.") % told


def refuse(faulty: bool) -> None:
    """Stop an import whose files have faults."""
    if faulty:
        raise ValidationError(_("The files have faults. Nothing was saved."))


def ground_of(upload: uploads.Upload) -> ImportedGround:
    """Read the files of an import of buildings."""
    units, barriers, areas, base = (upload.files.get(part) for part in ("units", "barriers", "areas", "base"))
    return read_ground(units, barriers, areas, base, upload.datum, trusted=upload.trusted)


def person_of(request: HttpRequest) -> int:
    """Return the id of the signed-in person."""
    return viewer_in(request).person or 0
