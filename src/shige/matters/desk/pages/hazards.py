"""The register of hazards, and what somebody registered themselves (R39)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.page_access import staff_page, viewer_in

from ..queries.hazards import register_of
from ..queries.registered import registered_by


@require_GET
@staff_page("matter.see")
def hazards(request: HttpRequest) -> HttpResponse:
    """Show what is registered, put right, rechecked and written off in each grid of the own area."""
    return render(request, "matters/hazards.html", {"register": register_of(viewer_in(request))})


@require_GET
@staff_page("matter.relay")
def registered(request: HttpRequest) -> HttpResponse:
    """Show how stands what somebody registered, in whosever grid it lies."""
    return render(request, "matters/registered.html", {"registered": registered_by(viewer_in(request))})
