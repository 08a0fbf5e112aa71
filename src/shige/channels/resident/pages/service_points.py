"""The map of services (服务地图): service points with their hours, and what is near on foot (R13)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shige.files.handover import handed_over
from shige.service_points.points.cursors import read_cursor, written_cursor
from shige.service_points.points.forms import PointFilterForm
from shige.service_points.points.photo import photo_seen
from shige.service_points.points.queries import Point, point_seen, points_near, public_points
from shige.service_points.points.signs import points_on_map
from shige.service_points.proposals.commands import idle_kinds, propose
from shige.service_points.proposals.forms import ProposalForm
from shige.service_points.proposals.queries import answered_at
from shige.territory.map_settings import map_config
from shige.territory.paging import after_link
from shige.territory.shapes import around, hull
from shige.trust.forms import add_errors
from shige.trust.page_access import public_page, viewer_in

from ...ground import pin_config
from ...rates import TooOftenError, address_of, count_request
from ...whereabouts import chosen_place, looked_for, words_asked
from ..forms.report import AddressForm, PlaceForm

MARGIN_METRES = 200.0


@require_GET
@public_page
def service_points(request: HttpRequest) -> HttpResponse:
    """List the points in use, and show them on the map."""
    form = PointFilterForm(request.GET)
    rows, onward = public_points(form.wanted(), read_cursor(request.GET.get("after", "")))
    shown = {
        "form": form,
        "rows": rows,
        "next_url": after_link(request, written_cursor(onward)) if onward else "",
        "map": _map(rows),
    }
    return render(request, "channels/service_points.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
def near(request: HttpRequest) -> HttpResponse:
    """Ask for a place and list what is near on foot; where it is comes by POST, so that no log keeps it."""
    query, house = words_asked(request), chosen_place(request.GET.dict())
    form = PlaceForm(request.POST if request.method == "POST" and not query else None)
    at = (house.lon, house.lat) if house else None
    if form.is_valid():
        at = form.cleaned_data["lon"], form.cleaned_data["lat"]
    shown: dict[str, Any] = {"search": AddressForm({"q": query}), "house": house, "form": form}
    shown |= looked_for(query) | {"config": pin_config(*at) if at else pin_config(None, None)}
    if at and at[0] is not None and at[1] is not None:
        found = points_near(*at)
        shown |= {"at": at, "near": found, "map": _map(found.points) | {"point": list(at)}}
    return render(request, "channels/service_points_near.html", shown, status=422 if form.errors else 200)


@require_GET
@public_page
def service_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one point: when it is open, what is on offer, where it is."""
    found = point_seen(pk)
    if found is None:
        raise Http404
    at = [found.point.lon, found.point.lat]
    shown = {
        "found": found,
        "point": found.point,
        "days": [{"name": WEEKDAYS[day], "hours": hours} for day, hours in enumerate(found.week)],
        "known": any(found.week),
        "idle": found.point.kind in idle_kinds(),
        "answered": answered_at(pk),
        "map": map_config() | {"center": at, "zoom": 17, "point": at},
    }
    return render(request, "channels/service_point.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
def propose_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a use that somebody proposes for idle space; the answer stands on the page of the point."""
    found = point_seen(pk)
    if found is None or found.point.kind not in idle_kinds():
        raise Http404
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = address_of(request)
        try:
            count_request("address", address)
            propose(viewer_in(request), pk, **form.cleaned_data, address=address)
        except TooOftenError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Thank you. The community's answer will stand on this page."))
            return redirect("channels:service_point", pk)
    shown = {"form": form, "point": found.point}
    return render(request, "channels/propose.html", shown, status=422 if form.errors else 200)


@require_GET
@public_page
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the photo of a point in use."""
    return handed_over(photo_seen(pk))


def _map(rows: Any) -> dict[str, Any]:
    """Return the settings of a map on which points stand."""
    points: list[Point] = list(rows)
    box = hull(around(point.lon, point.lat, MARGIN_METRES) for point in points)
    return map_config(box) | {"points": points_on_map(points, "channels:service_point")}
