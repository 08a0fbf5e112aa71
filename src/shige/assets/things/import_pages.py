"""Import of the register of things: every row of a table, or none and every fault (R41)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shige.territory.intake.tables import UnreadableFile
from shige.territory.things.commands import add_things
from shige.territory.things.table import read_things
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in

from .forms import ThingsImportForm

FAULTS_SHOWN = 200


@require_http_methods(["GET", "POST"])
@staff_page("thing.edit")
def import_things(request: HttpRequest) -> HttpResponse:
    """Ask for a table; save all of it, or say what is to be mended in which row."""
    form = ThingsImportForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            count, notes = imported(viewer_in(request), form)
        except UnreadableFile as error:
            faults = [str(error.fault)]
        except ValidationError as error:
            faults = error.messages
        else:
            messages.success(request, _("%(count)d things are on the register.") % {"count": count})
            for note in notes:
                messages.info(request, note)
            return redirect("assets:things")
    shown = {"form": form, "faults": faults[:FAULTS_SHOWN], "count": len(faults)}
    status = 422 if faults or form.errors else 200
    return render(request, "assets/things_import.html", shown, status=status)


def imported(viewer: Viewer, form: ThingsImportForm) -> tuple[int, list[str]]:
    """Save the table of a valid form; return how many things it holds, and what is told of it.

    Raises
    ------
    UnreadableFile, ValidationError
        It is no table; or what is wrong, by row.
    """
    file = form.cleaned_data["table"]
    table = read_things(file.name or "", file.read(), form.cleaned_data["datum"])
    if table.faults:
        raise ValidationError([str(fault) for fault in table.faults])
    return add_things(viewer, table.rows), [str(note) for note in table.notes]
