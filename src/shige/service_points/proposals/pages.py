"""The office's pages of proposals for idle space (R13)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..points.queries import point_kept
from . import commands
from .forms import AnswerForm
from .queries import waiting_for


@require_GET
@staff_page("service_point.edit")
def waiting(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait for an answer."""
    return _listed(request)


@require_POST
@staff_page("service_point.edit")
def answer(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """Answer a proposal; where it is adopted the point can get another kind next."""
    _keep(request, pk)
    form = AnswerForm(request.POST, auto_id=f"id_{proposal}_%s")
    if form.is_valid():
        given, adopted = form.cleaned_data["words"], form.cleaned_data["adopted"] == "yes"
        try:
            commands.answer(viewer_in(request), pk, proposal, given, adopted=adopted)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Everybody reads the answer now."))
            return redirect("service_points:change", pk) if adopted else redirect("service_points:proposals")
    return _listed(request, refused=(proposal, form))


@require_POST
@staff_page("service_point.edit")
def phone(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """Open the telephone of whoever proposed; it stands on this one answer, and on record."""
    _keep(request, pk)
    try:
        opened = commands.open_phone(viewer_in(request), pk, proposal)
    except PermissionDenied as error:
        raise Http404 from error
    return _listed(request, opened=(proposal, opened))


def _keep(request: HttpRequest, pk: int) -> None:
    if point_kept(viewer_in(request), pk) is None:
        raise Http404


def _listed(
    request: HttpRequest, refused: tuple[int, AnswerForm] | None = None, opened: tuple[int, str] = (0, "")
) -> HttpResponse:
    rows = [
        (row, refused[1] if refused and refused[0] == row.pk else AnswerForm(auto_id=f"id_{row.pk}_%s"))
        for row in waiting_for(viewer_in(request))
    ]
    shown = {"rows": rows, "refused": refused, "opened": opened}
    return render(request, "service_points/proposals.html", shown, status=422 if refused else 200)
