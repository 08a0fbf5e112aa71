"""The line on the map: its colour on the grids that are overseen, gaps hatched (R9)."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shige.territory.map_settings import map_config
from shige.territory.models import Area, GridVersion
from shige.territory.shapes import Box, hull
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today

from .findings import FINDINGS, grids_on
from .pages import place_asked
from .places import Place, places

NARROW: Final = frozenset({"street", "community"})
"""Levels of the places that are shown at once."""

HOW: Final = ("covered", "stood_in", "gap")


@staff_page("redline.see")
@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """Show the grids of a street or community by whether they are overseen, a level at a time."""
    viewer = viewer_in(request)
    around = place_asked(viewer, request)
    shown: dict[str, Any] = {"around": around}
    if around.level not in NARROW:
        shown["streets"] = places(viewer).filter(around.within(), level="street").order_by("sort_key", "code")
    elif found := codes_in(viewer, around):
        row = f"{reverse('redline:grids')}?{urlencode({'area': around.code})}&text={{code}}"
        shown |= {
            "config": map_config(box_in(viewer, around)) | {"line": found, "row": row},
            "levels": list(found),
        }
    return render(request, "redline/map.html", shown)


def codes_in(viewer: Viewer, place: Place) -> dict[str, dict[str, list[str]]]:
    """Return the codes of the grids of each level by how they are overseen today. Three statements."""
    day = today()
    rows = grids_on(viewer, day).filter(place.within(), kind=Area.Kind.GRID)
    told: dict[str, dict[str, list[str]]] = {}
    for how in HOW:
        for level, code in (
            rows.filter(FINDINGS[how].filter(day)).order_by("code").values_list("level", "code")
        ):
            told.setdefault(level, {name: [] for name in HOW})[how].append(code)
    for by in told.values():
        by["covered"] = sorted(set(by["covered"]) - set(by["stood_in"]))
    return told


def box_in(viewer: Viewer, place: Place) -> Box | None:
    """Return the box around the grids of a place that the viewer sees."""
    seen = grids_on(viewer, today()).filter(place.within()).values("pk")
    rows = GridVersion.objects.filter(area__in=seen, valid__contains=today())
    return hull(rows.values_list("box", flat=True))
