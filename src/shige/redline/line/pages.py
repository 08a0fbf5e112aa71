"""The page of the one red line (一根红线): the drawing of a street on a day, by community."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.territory.paging import read_day
from shige.trust.gate import Viewer, may
from shige.trust.jurisdiction import profile
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today

from .drawing import around, drawing_of
from .queries import divisions_of, line_of_street, streets


@staff_page("redline.see")
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Draw the line of one street with its gaps: folded, and unfolded where the address asks for it."""
    viewer = viewer_in(request)
    choices = streets(viewer)
    chosen = choose(choices, request.GET.get("street"))
    if chosen is None:
        return render(request, "redline/line.html", {"streets": choices})
    day = day_asked(request)
    return render(
        request,
        "redline/line.html",
        {
            "streets": choices,
            "street": chosen,
            "around": around(viewer, chosen),
            "drawing": drawing_of(viewer, chosen, day, request.GET.getlist("open")),
            "pairs": profile().redline,
            "day": day,
            "is_today": day == today(),
            "seats": [place for place in divisions_of(viewer, chosen.pk) if may_edit(viewer, place)],
        },
    )


@staff_page("redline.see")
@require_safe
def community(request: HttpRequest, code: str) -> HttpResponse:
    """Give the grids of one community to the drawing, which unfolds them in place."""
    viewer, day = viewer_in(request), day_asked(request)
    area = Area.objects.filter(code=code, level=Area.Level.COMMUNITY, kind=Area.Kind.DIVISION).first()
    if area is None or area.street_id is None:
        raise Http404(code)
    found = line_of_street(viewer, area.street_id, day, area.pk)
    if not found.grids:
        raise Http404(code)
    shown = {"grids": found.grids, "is_today": day == today()}
    return render(request, "redline/_grids.html", shown)


def choose(choices: list[Area], code: str | None) -> Area | None:
    """Return the street with this code, or the first where none is asked for."""
    if code:
        named = [street for street in choices if street.code == code]
        if not named:
            raise Http404(code)
        return named[0]
    return choices[0] if choices else None


def may_edit(viewer: Viewer, area: Area) -> bool:
    """Say whether the viewer may found an organisation in an area."""
    return may(viewer, "redline.edit", lineage_of(area))


def day_asked(request: HttpRequest) -> date:
    """Return the day of which the line is asked for; today where none is."""
    return read_day(request.GET.get("day", "")) or today()
