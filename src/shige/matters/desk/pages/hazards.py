"""The register of hazards (R39)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.page_access import staff_page, viewer_in

from ..queries.hazards import register_of


@require_GET
@staff_page("matter.see")
def hazards(request: HttpRequest) -> HttpResponse:
    """Show what is registered, put right, rechecked and written off in each grid of the own area."""
    return render(request, "matters/hazards.html", {"register": register_of(viewer_in(request))})
