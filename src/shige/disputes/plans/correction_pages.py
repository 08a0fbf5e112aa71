"""The page on which a group or a measure of a plan is corrected or taken out (R23)."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shige.trust.forms import add_errors
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in

from . import corrections
from .forms import GroupForm, MeasureForm, correcting, correction_of
from .pages import plan_or_404
from .queries import GroupLine, MeasureLine, PlanView

Line = GroupLine | MeasureLine


@require_http_methods(["GET", "POST"])
@staff_page("matter.handle")
def plan_change(request: HttpRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """Correct a group or a measure of a plan, or take it out."""
    found = plan_or_404(request, number)
    line = next((line for line in _lines(found, kind) if line.pk == pk), None)
    if line is None:
        raise Http404
    form = _form(found, line, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _save(viewer_in(request), number, line, form, removing="remove" in request.POST)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("disputes:plan", number)
    shown = {"plan": found, "kind": kind, "form": form}
    return render(request, "disputes/plan_change.html", shown, status=422 if form.errors else 200)


def _lines(found: PlanView, kind: str) -> Iterable[Line]:
    """Return what this viewer may correct."""
    if not found.may_plan:
        return ()
    standing = tuple(measure for measure in found.measures if not measure.dropped)
    lines: dict[str, tuple[Line, ...]] = {"group": found.groups, "measure": standing}
    return lines.get(kind, ())


def _form(found: PlanView, line: Line, data: Any) -> GroupForm | MeasureForm:
    form: GroupForm | MeasureForm
    if isinstance(line, GroupLine):
        form = GroupForm(data, initial={"interest": line.interest, "count": line.count})
    else:
        form = MeasureForm(found, data, initial=asdict(line.given))
    correcting(form, found)
    return form


def _save(viewer: Viewer, number: str, line: Line, form: GroupForm | MeasureForm, *, removing: bool) -> None:
    correction = correction_of(form)
    if isinstance(form, MeasureForm):
        if removing:
            corrections.remove_measure(viewer, number, line.pk, correction)
        else:
            corrections.change_measure(viewer, number, line.pk, form.given(), correction)
    elif removing:
        corrections.remove_group(viewer, number, line.pk, correction)
    else:
        given = form.cleaned_data
        corrections.change_group(viewer, number, line.pk, given["interest"], given["count"], correction)
