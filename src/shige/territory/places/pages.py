"""The part of a form that sets where something stands, for every room that keeps something on the map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page

from ..grids.queries.grids import ground_box
from ..map_settings import map_config
from . import find_buildings, remark_on
from .forms import PlaceFields


@require_GET
@staff_page("map.see")
def options(request: HttpRequest) -> HttpResponse:
    """Return the buildings of an address, to be chosen in a form."""
    query = request.GET.get("q", "")
    houses = find_buildings(query)
    shown = {"houses": houses, "remark": remark_on(query, houses)}
    return render(request, "territory/place_options.html", shown)


def place_settings(viewer: Viewer, form: PlaceFields) -> dict[str, Any]:
    """Return what ``territory/place_field.html`` needs beside the form: the map, and what was set before."""
    before = {name: form[name].initial for name in ("lon", "lat")}
    lon, lat = (getattr(form, "cleaned_data", before).get(name) for name in ("lon", "lat"))
    if lon is None or lat is None:
        return {"config": map_config(ground_box(viewer)), "lon": "", "lat": ""}
    return {"config": map_config() | {"center": [lon, lat], "zoom": 17}, "lon": lon, "lat": lat}
