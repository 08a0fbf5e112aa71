"""The desk of return visits that are due (R25)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.page_access import staff_page, viewer_in

from .queries import visits_due


@require_GET
@staff_page("matter.handle")
def visits(request: HttpRequest) -> HttpResponse:
    """List the return visits that are due."""
    return render(request, "matters/visits.html", {"visits": visits_due(viewer_in(request))})
