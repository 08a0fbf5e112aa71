"""The overseer's own page and that of each grid they oversee (R10)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shige.trust.page_access import staff_page, viewer_in

from ..notes.queries import notes_seen
from ..urgings.queries.urgings import open_urgings
from .cards import cards_of
from .panels import GRID_PANELS
from .queries.overview import grid_page, own_page, periods_for

SHOWN = ("late", "reopened")
"""What the cases of a grid may be narrowed to."""


@require_safe
@staff_page("oversight.see")
def home(request: HttpRequest) -> HttpResponse:
    """Show what somebody oversees: what is late there now, and the rates of the last period that is told."""
    viewer = viewer_in(request)
    watched = own_page(viewer)
    own = [
        {"watched": one, "cards": cards_of(one, reverse("oversight:grid", args=[one.area.code]))}
        for one in watched
    ]
    waiting = [row for row in open_urgings(viewer) if row.waits or (row.late and row.told_above)]
    findings = [row for row in notes_seen(viewer) if row.waits]
    return render(request, "oversight/home.html", {"own": own, "waiting": waiting, "findings": findings})


@require_safe
@staff_page("oversight.see")
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """Show one grid: its cases without persons, its rates, the grids below it, and what others bring."""
    viewer = viewer_in(request)
    watched = grid_page(viewer, code, request.GET.get("period", ""))
    if watched is None:
        raise Http404(code)
    show = request.GET.get("show", "")
    cases = watched.trouble.cases if watched.trouble else ()
    if show in SHOWN:
        cases = tuple(case for case in cases if getattr(case, show))
    content = {
        "watched": watched,
        "cards": cards_of(watched, reverse("oversight:grid", args=[watched.area.code])),
        "cases": cases,
        "show": show if show in SHOWN else "",
        "periods": periods_for(watched.area),
    }
    return render(request, "oversight/grid.html", content | GRID_PANELS.drawn(viewer, watched.area))
