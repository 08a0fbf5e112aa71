"""The map of open matters: the page, and its signs as GeoJSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shige.territory.grids.queries.grids import ground_box
from shige.territory.map_settings import map_config
from shige.trust.jurisdiction import language, profile
from shige.trust.page_access import staff_page, viewer_in

from ..forms import FilterForm, read_box
from ..queries.map import SINGLE_FROM, Spot, spots
from .lists import query_of

DIGITS = 5
"""Of a degree: about a metre."""


@require_GET
@staff_page("matter.handle")
def matter_map(request: HttpRequest) -> HttpResponse:
    """Show where matters are open."""
    viewer = viewer_in(request)
    form = FilterForm(viewer, request.GET or {"state": "open"})
    query = query_of(request)
    config = map_config(ground_box(viewer)) | {
        "spots": reverse("matters:spots"),
        "query": query,
        "matter": reverse("matters:matter", args=["NUMBER"]).replace("NUMBER", "{number}"),
        "list": reverse("matters:list"),
        "single": SINGLE_FROM,
    }
    tiers = [
        (tier.name.in_language(language())[:1], tier.name.in_language(language())) for tier in profile().tiers
    ]
    return render(
        request, "matters/map.html", {"config": config, "form": form, "query": query, "tiers": tiers}
    )


@require_GET
@staff_page("matter.handle")
def map_spots(request: HttpRequest) -> HttpResponse:
    """Return the signs of a part of the map (``bbox`` in degrees, ``zoom``), narrowed as the list is."""
    box = read_box(request.GET.get("bbox", ""))
    try:
        zoom = min(22.0, max(0.0, float(request.GET.get("zoom", ""))))
    except ValueError:
        box = None
    if box is None:
        return JsonResponse({"detail": "bbox=west,south,east,north and zoom are needed"}, status=422)
    viewer = viewer_in(request)
    found = spots(viewer, FilterForm(viewer, request.GET).chosen(), box, zoom)
    features = [feature(spot) for spot in found]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer["Cache-Control"] = "private, no-store"
    return answer


def feature(spot: Spot) -> dict[str, object]:
    """Write a sign as GeoJSON; what is empty is left out."""
    told = {
        "count": spot.count,
        "late": spot.late,
        "soon": spot.soon,
        "number": spot.number,
        "title": spot.title,
        "tier": spot.tier,
        "community": spot.community,
    }
    place = [round(spot.lon, DIGITS), round(spot.lat, DIGITS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {name: value for name, value in told.items() if value},
    }
