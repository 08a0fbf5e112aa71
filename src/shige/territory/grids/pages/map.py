"""The map beside the list beside the detail, all three in step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.jurisdiction import profile
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today

from ...deferred import tiles_in_work
from ...map_settings import console_config
from ...models import Area, TileSet
from ...paging import after_link, read_day
from ..commands import rename_living
from ..forms import GridFilterForm, RenameForm
from ..queries.detail import grid_detail
from ..queries.faults import FAULTS
from ..queries.grids import (
    MANY,
    PAGE,
    GridFilter,
    days_of_change,
    grid_count,
    grid_list,
    ground_box,
    level_figures,
)


@staff_page("map.see")
def console_map(request: HttpRequest) -> HttpResponse:
    """Show the grids where one works; ``?drawing`` asks only whether the map is still being drawn."""
    viewer, drawing = viewer_in(request), tiles_in_work(TileSet.Kind.GRIDS)
    if "drawing" in request.GET:
        return HttpResponse(status=204) if drawing else HttpResponse(headers={"HX-Refresh": "true"})
    form = GridFilterForm(request.GET or None)
    wanted = form.wanted()
    on = wanted.on
    rows = grid_list(viewer, wanted, after=request.GET.get("after", ""), limit=PAGE + 1)
    shown = rows[:PAGE]
    context = {
        "config": console_config(ground_box(viewer, on) or ground_box(viewer), on),
        "on": on,
        "drawing": drawing,
        "days": days_of_change(viewer),
        "narrowed": narrowed(wanted),
        "form": form,
        "rows": shown,
        "count": grid_count(viewer, wanted),
        "figures": level_figures(viewer, on),
        "next_url": after_link(request, shown[-1].code) if len(rows) > PAGE else "",
        "first_url": after_link(request, "") if request.GET.get("after") else "",
    }
    return render(request, "territory/map.html", context)


def narrowed(wanted: GridFilter) -> str:
    """Say to what the list is narrowed beside what the filter bar shows: a fault, a community."""
    parts = []
    if wanted.community:
        area = Area.objects.filter(code=wanted.community).first()
        parts.append(area.name if area else wanted.community)
    if wanted.fault:
        parts.append(FAULTS[wanted.fault].title(profile().grids))
    if wanted.workers:
        parts.append(in_office(wanted.workers))
    return " · ".join(parts)


def in_office(workers: str) -> str:
    """Say to how many people in office the list is narrowed."""
    if workers == MANY:
        return _("Two people or more in office")
    return _("One person in office") if workers == "1" else _("Nobody in office")


@staff_page("map.see")
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """Show one grid: as a fragment beside the map, or as a page of its own."""
    return _grid_shown(request, code, RenameForm(initial={"since": today()}))


@require_POST
@staff_page("plan.decide")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a living grid another name, from a day on."""
    form = RenameForm(request.POST)
    if not grid_detail(viewer_in(request), code).may_rename:
        raise PermissionDenied("this grid is renamed by others, or not at all")
    if form.is_valid():
        try:
            rename_living(viewer_in(request), code, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("It bears the name from the day that you chose."))
            return redirect("territory:grid", code)
    return _grid_shown(request, code, form)


def _grid_shown(request: HttpRequest, code: str, form: RenameForm) -> HttpResponse:
    on = read_day(request.GET.get("on", ""))
    detail = grid_detail(viewer_in(request), code, on)
    fragment = request.headers.get("HX-Request") == "true"
    template = "territory/grid_fragment.html" if fragment else "territory/grid.html"
    shown = {"grid": detail, "on": on, "form": form}
    return render(request, template, shown, status=422 if form.errors else 200)
