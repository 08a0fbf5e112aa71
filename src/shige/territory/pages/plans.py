"""Division plans: propose, compare, decide or refuse (R3, R6, R7)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.access import staff_page, viewer_in
from shige.trust.gate import may

from ..commands import decide_plan, refuse_plan, request_plan
from ..commands.later import plan_later
from ..forms import DecideForm, ProposeForm, RefuseForm
from ..lineage import lineage_of
from ..models import Plan
from ..planning.settings import differences, settings_of
from ..planning.sketch import sketch
from ..queries.plans import plan_list, plan_of, plan_view


@staff_page("plan.see")
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans where one works, and offer to propose another."""
    viewer = viewer_in(request)
    form = ProposeForm(viewer) if may(viewer, "plan.propose") else None
    return render(request, "territory/plans.html", {"plans": plan_list(viewer), "form": form})


@require_POST
@staff_page("plan.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Request a plan; a job computes it while its page waits."""
    viewer = viewer_in(request)
    form = ProposeForm(viewer, request.POST)
    if not form.is_valid():
        return render(request, "territory/plans.html", {"plans": plan_list(viewer), "form": form}, status=422)
    try:
        plan = request_plan(viewer, form.cleaned_data["scope"], form.settings())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("territory:plans")
    plan_later(plan.pk)
    return redirect("territory:plan", pk=plan.pk)


@staff_page("plan.see")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a plan changes and which rules it cannot keep."""
    return show(request, plan_of(viewer_in(request), pk))


def show(
    request: HttpRequest, plan: Plan, decide: DecideForm | None = None, refuse: RefuseForm | None = None
) -> HttpResponse:
    """Show a plan, with the forms for its decision as they were filled in."""
    context: dict[str, object] = {"plan": plan, "differences": differences(settings_of(plan.settings))}
    computed = plan.state in {Plan.State.PROPOSED, Plan.State.DECIDED, Plan.State.REFUSED}
    if computed:
        view = plan_view(plan)
        context |= {"view": view, "sketch": sketch(view)}
    if plan.state == Plan.State.PROPOSED and may(viewer_in(request), "plan.decide", lineage_of(plan.scope)):
        context |= {"decide": decide or DecideForm(), "refuse": refuse or RefuseForm()}
    failed = any(form is not None and form.errors for form in (decide, refuse))
    return render(request, "territory/plan.html", context, status=422 if failed else 200)


@require_POST
@staff_page("plan.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan into force from a day on."""
    viewer = viewer_in(request)
    proposed = plan_of(viewer, pk)
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            done = decide_plan(viewer, proposed, form.cleaned_data["effective_on"])
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            told = {"date": done.effective_on}
            messages.success(request, _("Decided. The grids hold from %(date)s.") % told)
            return redirect("territory:plan", pk=pk)
    return show(request, proposed, decide=form)


@require_POST
@staff_page("plan.decide")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a plan down with a reason."""
    viewer = viewer_in(request)
    proposed = plan_of(viewer, pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            refuse_plan(viewer, proposed, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Refused. The grids stay as they are."))
            return redirect("territory:plan", pk=pk)
    return show(request, proposed, refuse=form)
