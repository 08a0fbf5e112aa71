"""The health of the grids (网格体检)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.trust.access import staff_page, viewer_in

from ..queries.health import health


@require_safe
@staff_page("map.see")
def grid_health(request: HttpRequest) -> HttpResponse:
    """Show how many grids are too large, take too long or have nobody in charge, by community."""
    return render(request, "territory/health.html", {"health": health(viewer_in(request))})
