"""The page of the one red line (一根红线): the line of a street on a day, as a figure and as a list."""

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

from .figure import figure_of
from .queries import divisions_of, line_of_street, streets


@staff_page("redline.see")
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Draw the line of one street with its gaps, as a figure and as a list."""
    viewer = viewer_in(request)
    choices = streets(viewer)
    chosen = choose(choices, request.GET.get("street"))
    if chosen is None:
        return render(request, "redline/line.html", {"streets": choices})
    day = day_asked(request)
    found = line_of_street(viewer, chosen.pk, day)
    return render(
        request,
        "redline/line.html",
        {
            "streets": choices,
            "street": chosen,
            "line": found,
            "pairs": profile().redline,
            "figure": figure_of(found),
            "day": day,
            "is_today": day == today(),
            "seats": [place for place in divisions_of(viewer, chosen.pk) if may_edit(viewer, place)],
        },
    )


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
