"""Who looks after me: the grid and the team of an address (R36)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from shige.territory.grids.queries.people import who_looks_after
from shige.trust.page_access import public_page
from shige.warnings.queries.in_force import standing_at

from ...whereabouts import chosen_place, looked_for, words_asked
from ..forms.report import AddressForm


@require_http_methods(["GET", "POST"])
@public_page
def my_worker(request: HttpRequest) -> HttpResponse:
    """Search an address; show who looks after the chosen building (or that of a QR code)."""
    query, house = words_asked(request), chosen_place(request.GET.dict())
    cared = who_looks_after(house.lon, house.lat, house.building) if house else None
    shown: dict[str, Any] = looked_for(query) | {
        "search": AddressForm({"q": query}),
        "house": house,
        "cared": cared,
    }
    if cared is not None:
        shown["areas"] = [(area, cared.teams.get(area.pk, [])) for area in cared.areas]
        shown["standing"] = standing_at(cared.located.lineage)
    return render(request, "channels/my_worker.html", shown)
