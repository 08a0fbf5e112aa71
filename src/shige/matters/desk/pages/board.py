"""The dispatch board of an office, and the morning page of whoever leads it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import team

from ...joint.queries import stayed_away
from ...recusal.second_person import waiting_for
from ...sealing.queries import endangered
from ..queries.board import board_of
from ..queries.morning import morning_of


@require_GET
@staff_page("matter.dispatch")
def board(request: HttpRequest) -> HttpResponse:
    """Show what is open in each part of the area, what will be late, and which posts are vacant."""
    viewer = viewer_in(request)
    found = board_of(viewer)
    if found is None:
        raise Http404
    vacant = [place.post for place in team(viewer) if place.vacant]
    shown = {"board": found, "vacant": vacant, "away": stayed_away(viewer)}
    shown["endangered"] = endangered(viewer)
    shown["recusals"] = waiting_for(viewer)
    return render(request, "matters/board.html", shown)


@require_GET
@staff_page("matter.dispatch")
def morning(request: HttpRequest) -> HttpResponse:
    """Show the morning of the own area on one screen."""
    return render(request, "matters/morning.html", {"morning": morning_of(viewer_in(request))})
