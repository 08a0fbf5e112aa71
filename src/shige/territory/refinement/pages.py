"""Change a plan by hand: a building to another grid with the rules checked live, locks and wishes (R6)."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shige.trust.gate import Viewer, require
from shige.trust.page_access import staff_page, viewer_in

from ..computation.preload import warm
from ..deferred import plan_later
from ..lineage import lineage_of
from ..models import Plan
from ..plans.pages import show
from ..plans.queries.plans import plan_of
from ..plans.workflow import LIFE
from .commands.moves import compute_again, move_building
from .commands.wishes import (
    draw_line,
    drop_wish,
    drop_wishes,
    keep_apart,
    keep_together,
    lock_grid,
    rename_grid,
)
from .forms import LineForm, MoveForm, PairForm
from .queries.moves import choice, effect, found_buildings


def changeable(request: HttpRequest, pk: int) -> Plan:
    """Return a plan that the viewer may change now; Http404 where there is none."""
    viewer = viewer_in(request)
    plan = plan_of(viewer, pk)
    require(viewer, "plan.propose", lineage_of(plan.scope))
    if plan.state not in LIFE["change"].origins:
        raise Http404(str(pk))
    return plan


@require_safe
@staff_page("plan.propose")
def building(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one building beside the map, with the grids into which it may go; or find one by its address."""
    plan = changeable(request, pk)
    warm()  # another process may have shown the page
    unit = request.GET.get("unit", "")
    if not unit:
        found = found_buildings(plan, request.GET.get("q", ""))
        return render(request, "territory/plan_found.html", {"plan": plan, "found": found})
    return render(request, "territory/plan_building.html", {"plan": plan, "choice": choice(plan, unit)})


@require_safe
@staff_page("plan.propose")
def check(request: HttpRequest, pk: int) -> JsonResponse:
    """Say as JSON what a move would do: doors of the grids, rules broken and mended."""
    plan = changeable(request, pk)
    form = MoveForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    found = effect(plan, form.wanted())
    return JsonResponse(
        {
            "grids": [
                _("%(name)s: %(before)s → %(after)s doors") % {"name": name, "before": before, "after": after}
                for name, before, after in found.grids
            ],
            "broken": found.broken,
            "mended": found.mended,
        }
    )


@require_POST
@staff_page("plan.propose")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a move as a hand-made change of the plan."""
    form = MoveForm(request.POST)

    def change(viewer: Viewer, plan: Plan) -> str:
        move_building(viewer, plan, form.wanted(), form.cleaned_data["version"])
        return _("Moved. The table and the map show the plan as it is now.")

    return changed(request, pk, change if form.is_valid() else unclear)


@require_POST
@staff_page("plan.propose")
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a micro-grid, or let it go."""
    locked = request.POST.get("locked") == "1"

    def change(viewer: Viewer, plan: Plan) -> str:
        lock_grid(viewer, plan, request.POST.get("code", ""), locked)
        return _("Locked: it stays when the plan is computed again.") if locked else _("No longer locked.")

    return changed(request, pk, change)


@require_POST
@staff_page("plan.propose")
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a grid another name from the plan's date on."""

    def change(viewer: Viewer, plan: Plan) -> str:
        rename_grid(viewer, plan, request.POST.get("code", ""), request.POST.get("name", ""))
        return _("It bears the name from the day on which the plan takes effect.")

    return changed(request, pk, change)


@require_POST
@staff_page("plan.propose")
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep two buildings together or apart when the plan is computed again."""
    form = PairForm(request.POST)

    def change(viewer: Viewer, plan: Plan) -> str:
        keep = keep_together if form.cleaned_data["wish"] == "together" else keep_apart
        keep(viewer, plan, frozenset({form.cleaned_data["unit"], form.cleaned_data["other"]}))
        return _("Noted. Compute the plan again to see it.")

    return changed(request, pk, change if form.is_valid() else unclear)


@require_POST
@staff_page("plan.propose")
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a border that the next computation keeps; what is none comes back as it was typed."""
    viewer = viewer_in(request)
    plan = plan_of(viewer, pk)
    require(viewer, "plan.propose", lineage_of(plan.scope))
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            draw_line(viewer, plan, form.cleaned_data["points"])
        except ValidationError as error:
            form.add_error("points", error)
        else:
            messages.success(request, _("Noted. Compute the plan again to see it."))
            return redirect("territory:plan", pk=pk)
    return show(request, plan, line=form)


@require_POST
@staff_page("plan.propose")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one thing that was to be honoured, or all of them."""
    key = request.POST.get("wish", "")

    def change(viewer: Viewer, plan: Plan) -> str:
        if key:
            drop_wish(viewer, plan, key)
            return _("Forgotten. Compute the plan again to see it.")
        drop_wishes(viewer, plan)
        return _("Nothing is locked or wished for any more.")

    return changed(request, pk, change)


@require_POST
@staff_page("plan.propose")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a plan again from what it holds."""

    def change(viewer: Viewer, plan: Plan) -> str:
        plan_later(compute_again(viewer, plan).pk)
        return ""

    return changed(request, pk, change)


def unclear(viewer: Viewer, plan: Plan) -> str:
    """Refuse a form that says nothing that can be done."""
    raise ValidationError(_("Choose a building and a grid."))


def changed(request: HttpRequest, pk: int, change: Callable[[Viewer, Plan], str]) -> HttpResponse:
    """Make a change and go back to the plan, with what was done or why not."""
    viewer = viewer_in(request)
    try:
        done = change(viewer, plan_of(viewer, pk))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if done:
            messages.success(request, done)
    return redirect("territory:plan", pk=pk)
