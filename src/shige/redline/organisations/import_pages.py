"""Import and export of organisations: a table, a preview with every fault, then all rows or none."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.files.spreadsheets import excel_file
from shige.territory.intake import uploads
from shige.territory.intake.faults import Fault
from shige.territory.intake.forms import BYTES_AT_MOST
from shige.territory.intake.marking import marked_file
from shige.territory.intake.tables import UnreadableFile
from shige.trust.commands import note_export
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today

from ..coverage.pages import wanted_in
from .checks import REASON_LIMIT
from .exporting import exported
from .importing import FaultyTableError, Reading, found_all, understood
from .table import COLUMNS, OrganisationTable, read_organisations

FAULTS_SHOWN: Final = 200
SAVED: Final = "organisations_imported"
"""Under which name a session keeps what its last import has done."""


class ImportForm(forms.Form):
    """A table of organisations, and why they are founded."""

    table = forms.FileField(
        label=gettext_lazy("Table (CSV, Excel)"),
        help_text=gettext_lazy(
            "One row an organisation, with the columns 名称, 类别, 网格编码 (or 网格名称), 上级组织, "
            "起始日期, 监督责任人岗位 (empty leaves the overseer as it is). One without a grid has there "
            "the code of the street or community of its seat."
        ),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LIMIT)

    def clean_table(self) -> Any:
        """Refuse a file that is too large to be read."""
        file = self.cleaned_data["table"]
        if file.size > BYTES_AT_MOST:
            raise ValidationError(_("The files are larger than 60 MB together."))
        return file


@require_http_methods(["GET", "POST"])
@staff_page("redline.edit")
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the table and the reason."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        person = viewer_in(request).person or 0
        token = uploads.keep(person, {"table": form.cleaned_data["table"]}, form.cleaned_data["reason"])
        return redirect("redline:import_preview", token=token)
    return render(request, "redline/import.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@staff_page("redline.edit")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an import would do, or every fault of its table; nothing is saved yet."""
    upload = uploads.find(viewer_in(request).person or 0, token)
    shown: dict[str, Any] = {"token": token, "reason": upload.datum}
    try:
        table, reading = read(viewer_in(request), upload)
    except UnreadableFile as error:
        shown["stopped"] = str(error.fault)
    else:
        shown |= {"reading": reading, "faults": reading.faults[:FAULTS_SHOWN], "notes": table.notes}
    status = 422 if "stopped" in shown or shown["faults"] else 200
    return render(request, "redline/import_preview.html", shown, status=status)


@require_GET
@staff_page("redline.edit")
def marked(request: HttpRequest, token: str) -> HttpResponse:
    """Hand the table back with its faulty rows marked."""
    upload = uploads.find(viewer_in(request).person or 0, token)
    try:
        _table, reading = read(viewer_in(request), upload)
    except UnreadableFile:
        return redirect("redline:import_preview", token=token)
    return marked_table(upload.files["table"].content, reading.faults)


@require_POST
@staff_page("redline.edit")
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Save an import that has no faults; pressed twice, it leads to what the first time has done."""
    before = request.session.get(SAVED)
    if before and before["token"] == token:
        return _said(request, before["said"])
    viewer = viewer_in(request)
    upload = uploads.find(viewer.person or 0, token)
    try:
        file = upload.files["table"]
        done = found_all(viewer, read_organisations(file.name, file.content), upload.datum)
    except (UnreadableFile, FaultyTableError, IntegrityError):
        return redirect("redline:import_preview", token=token)
    uploads.drop(token)
    said = told_of(done)
    request.session[SAVED] = {"token": token, "said": said}
    return _said(request, said)


@require_GET
@staff_page("redline.see")
def export(request: HttpRequest) -> HttpResponse:
    """Hand the organisations of the list out, as it is filtered, as a table that can be imported again."""
    viewer = viewer_in(request)
    rows = exported(viewer, wanted_in(request))
    note_export(viewer, "organisation", len(rows))
    heading = [COLUMNS.usual(column)[0] for column in COLUMNS.wanted]
    name = f"organisations-{today():%Y%m%d}"
    return excel_file(name, _("Organisations"), [heading, *rows], bold=[0], widths=(28, 20, 22, 20, 28, 14))


def marked_table(content: bytes, faults: tuple[Fault, ...]) -> HttpResponse:
    """Return a table of organisations with its faulty rows marked."""
    return marked_file(f"organisations-marked-{today():%Y%m%d}", content, COLUMNS, faults)


def read(viewer: Viewer, upload: uploads.Upload) -> tuple[OrganisationTable, Reading]:
    """Read the table of an import, and what it would do."""
    file = upload.files["table"]
    table = read_organisations(file.name, file.content)
    return table, understood(viewer, table)


def told_of(done: Reading) -> str:
    """Say what an import has done."""
    said = ngettext(
        "%(count)d organisation is founded; %(known)d were there already.",
        "%(count)d organisations are founded; %(known)d were there already.",
        len(done.places),
    )
    told = said % {"count": len(done.places), "known": done.known}
    if not done.overseers:
        return told
    overseers = ngettext(
        "The overseer of %(count)d was named.", "The overseers of %(count)d were named.", done.overseers
    )
    return f"{told} {overseers % {'count': done.overseers}}"


def _said(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("redline:line")
