"""Where the nearest defibrillator, hydrant or space is: the public part of the register of things (R41)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from shige.territory.map_settings import map_config
from shige.territory.things.queries import things_near
from shige.trust.page_access import public_page

from ...ground import NEAR, pin_config
from ...whereabouts import chosen_place, looked_for, words_asked
from ..forms.report import AddressForm, PlaceForm


@require_http_methods(["GET", "POST"])
@public_page
def things(request: HttpRequest) -> HttpResponse:
    """Ask for a place and list what is near it; where somebody is comes by POST, so that no log keeps it."""
    query, house = words_asked(request), chosen_place(request.GET.dict())
    form = PlaceForm(request.POST if request.method == "POST" and not query else None)
    at = (house.lon, house.lat) if house else None
    if form.is_valid():
        at = form.cleaned_data["lon"], form.cleaned_data["lat"]
    shown: dict[str, Any] = {
        "search": AddressForm({"q": query}),
        "house": house,
        "form": form,
    }
    shown |= looked_for(query) | {"config": pin_config(*at) if at else pin_config(None, None)}
    if at:
        shown |= {"at": at, "near": things_near(*at)}
        shown["map"] = map_config() | {"center": list(at), "zoom": NEAR, "point": list(at)}
        shown["map"]["points"] = [
            {"at": [thing.lon, thing.lat], "title": f"{kind} {thing.name}"}
            for kind, listed in shown["near"]
            for thing in listed
        ]
    return render(request, "channels/things.html", shown, status=422 if form.errors else 200)
