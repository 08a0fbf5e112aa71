"""Division plans: propose, compare, decide or refuse (R3, R6, R7)."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.veil import unveiled

from ..computation.geojson import features
from ..computation.moves import otherwise_placed
from ..computation.preload import warm
from ..computation.settings import differences, settings_of
from ..deferred import plan_later
from ..lineage import lineage_of
from ..map_settings import change_config, plan_config
from ..models import Plan
from ..refinement.forms import LineForm
from ..refinement.queries.wishes import wish_list
from .commands.decision import decide_plan
from .commands.proposal import refuse_plan, request_plan
from .commands.submission import comment_on, submit_plan
from .forms import CommentForm, CompareForm, DecideForm, ProposeForm, RefuseForm
from .panels import PLAN_PANELS
from .queries.affected import affected
from .queries.chosen import chosen_grid
from .queries.comparison import against_before, against_each_other, division_before, others
from .queries.history import history
from .queries.plans import division_in, plan_list, plan_of, plan_view
from .queries.rounds import rounds_in
from .workflow import COMPUTED, LIFE, OPEN

SIDES: Final = ("before", "after")


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
    """Show what a plan changes and which rules it cannot keep; a page that waited loads anew for its map."""
    found = plan_of(viewer_in(request), pk)
    if request.headers.get("HX-Request") == "true" and found.state != Plan.State.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return show(request, found)


def show(
    request: HttpRequest,
    plan: Plan,
    decide: DecideForm | None = None,
    refuse: RefuseForm | None = None,
    line: LineForm | None = None,
) -> HttpResponse:
    """Show a plan, with the forms for its decision and for a border as they were filled in."""
    context: dict[str, object] = {"plan": plan, "differences": differences(settings_of(plan.settings))}
    if plan.state in COMPUTED:
        view, before = plan_view(plan), division_before(plan)
        context |= {
            "view": view,
            "lines": against_before(plan, before),
            "config": plan_config(
                view.box,
                sides_of(plan),
                otherwise_placed(before.pieces, view.pieces),
                reverse("territory:plan_grid", args=[plan.pk]),
            ),
            "before": bool(before.grids),
            "others": others(viewer_in(request), plan),
            "history": history(plan),
            "rounds": rounds_in(plan),
            "comment": CommentForm(),
        }
    viewer, place = viewer_in(request), lineage_of(plan.scope)
    if plan.state in COMPUTED:
        context |= PLAN_PANELS.drawn(viewer, plan)
    if plan.state in LIFE["change"].origins and may(viewer, "plan.propose", place):
        warm()
        wishes = wish_list(plan)
        context |= {"change": change_config(plan), "wishes": wishes, "line": line or LineForm()}
        context |= {"submit": not may(viewer, "plan.decide", place)}
    if plan.state in LIFE["decide"].origins and may(viewer, "plan.decide", place):
        context |= {"decide": decide or DecideForm(), "refuse": refuse or RefuseForm()}
    failed = any(form is not None and form.errors for form in (decide, refuse, line))
    return render(request, "territory/plan.html", context, status=422 if failed else 200)


def sides_of(plan: Plan) -> dict[str, str]:
    """Return the addresses of the grids before and after a plan; they change with its version."""
    return {
        side: f"{reverse('territory:plan_grids', args=[plan.pk, side])}?v={plan.version}" for side in SIDES
    }


@staff_page("plan.see")
def grids(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Give the grids of a plan, or of what it replaces, to its map."""
    plan = plan_of(viewer_in(request), pk)
    if side not in SIDES or plan.state not in COMPUTED:
        raise Http404(side)
    if side == "before":
        written = features(division_before(plan), {})
    else:
        marks = {change.code: change.kind for change in plan_view(plan).changes}
        written = features(division_in(plan), marks)
    return HttpResponse(written, content_type="application/geo+json")


@staff_page("plan.see")
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one grid of a plan beside its map."""
    plan = plan_of(viewer_in(request), pk)
    if plan.state not in COMPUTED:
        raise Http404(str(pk))
    return render(
        request,
        "territory/plan_grid.html",
        {
            "plan": plan,
            "grid": chosen_grid(plan, request.GET.get("code", "")),
            "may_rename": plan.state in OPEN
            and may(viewer_in(request), "plan.propose", lineage_of(plan.scope)),
        },
    )


@staff_page("plan.see")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two plans of one area side by side, with one table of differences."""
    viewer = viewer_in(request)
    first = plan_of(viewer, pk)
    form = CompareForm(others(viewer, first), request.GET)
    if first.state not in COMPUTED or not form.is_valid():
        return redirect("territory:plan", pk=pk)
    second = plan_of(viewer, int(unveiled("key", form.cleaned_data["other"])))
    apart = otherwise_placed(division_in(first).pieces, division_in(second).pieces)
    boxes = [plan_view(plan).box for plan in (first, second)]
    context = {
        "plans": (first, second),
        "lines": against_each_other(first, second),
        "apart": len(apart),
        "configs": [
            (plan, plan_config(box, sides_of(plan), apart))
            for plan, box in zip((first, second), boxes, strict=True)
        ],
    }
    return render(request, "territory/compare.html", context)


@staff_page("plan.see")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """List the grids that a plan changes and the posts to be told, to read and to print."""
    plan = plan_of(viewer_in(request), pk)
    if plan.state not in COMPUTED:
        raise Http404(str(pk))
    return render(request, "territory/plan_notice.html", {"plan": plan, "affected": affected(plan)})


@require_POST
@staff_page("plan.propose")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a plan to the street."""
    viewer = viewer_in(request)
    try:
        submit_plan(viewer, plan_of(viewer, pk))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Submitted. The street has been told."))
    return redirect("territory:plan", pk=pk)


@require_POST
@staff_page("plan.see")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a comment under a plan."""
    viewer = viewer_in(request)
    try:
        comment_on(viewer, plan_of(viewer, pk), request.POST.get("words", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(reverse("territory:plan", args=[pk]) + "#history")


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
    """Return a plan with a reason."""
    viewer = viewer_in(request)
    proposed = plan_of(viewer, pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            refuse_plan(viewer, proposed, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Returned. The grids stay as they are."))
            return redirect("territory:plan", pk=pk)
    return show(request, proposed, refuse=form)
