"""The page of the plan for the claim of a group, and its printed form (R23)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shige.trust.forms import add_errors
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.veil import unveiled

from . import commands
from .forms import GroupForm, MeasureForm, ProgressForm
from .queries import PlanView, plan_page


@require_GET
@staff_page("matter.handle")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan of a matter, with its forms for whoever makes it."""
    return _shown(request, number, plan_or_404(request, number), {})


@require_GET
@staff_page("matter.handle")
def plan_print(request: HttpRequest, number: str) -> HttpResponse:
    """Print the plan; small counts are hidden, because paper leaves the office (P8)."""
    found = plan_page(viewer_in(request), number, shared=True)
    if found is None:
        raise Http404
    return render(request, "disputes/plan_print.html", {"plan": found})


@require_POST
@staff_page("matter.handle")
def plan_act(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Add a group or a measure, adopt the plan, or note progress."""
    found, viewer = plan_or_404(request, number), viewer_in(request)
    form = _form(found, what, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            _save(viewer, number, what, form, request.POST.get("pk", ""))
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("disputes:plan", number)
    if what in ("adopt", "progress"):
        messages.error(request, " ".join(str(text) for said in form.errors.values() for text in said))
        return redirect("disputes:plan", number)
    return _shown(request, number, found, {what: form})


def _save(viewer: Viewer, number: str, what: str, form: Form, pk: str) -> None:
    given = form.cleaned_data
    if what == "group":
        commands.add_group(viewer, number, given["interest"], given["count"])
    elif what == "measure":
        commands.add_measure(viewer, number, form.given())  # type: ignore[attr-defined]
    elif what == "adopt":
        commands.adopt_plan(viewer, number)
    else:
        try:
            chosen = int(unveiled("key", pk))
        except ValueError as error:
            raise PermissionDenied("no measure of this plan") from error
        commands.note_progress(viewer, number, chosen, given["progress"], done=given["done"])


def _form(found: PlanView, what: str, data: Any = None) -> Form | None:
    makers: dict[str, Any] = {
        "group": lambda: GroupForm(data, auto_id="id_group_%s"),
        "measure": lambda: MeasureForm(found, data, auto_id="id_measure_%s"),
        "progress": lambda: ProgressForm(data),
        "adopt": lambda: Form(data if data is not None else {}),
    }
    return makers[what]() if what in makers else None


def plan_or_404(request: HttpRequest, number: str) -> PlanView:
    """Return the plan of a matter that may be seen."""
    found = plan_page(viewer_in(request), number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, number: str, found: PlanView, failed: dict[str, Form]) -> HttpResponse:
    forms = {name: failed.get(name) or _form(found, name) for name in ("group", "measure")}
    content = {"plan": found, "forms": forms if found.may_plan else {}, "number": number}
    return render(request, "disputes/plan.html", content, status=422 if failed else 200)
