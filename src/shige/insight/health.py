"""The health of the grids (网格体检): size, rounds, people in office and Party organisations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.redline.line.queries import coverage_by_community
from shige.territory.grids.queries.health import Share, health
from shige.territory.grids.queries.staffing import staffing
from shige.territory.models import Area
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in


@staff_page("map.see")
@require_safe
def grid_health(request: HttpRequest) -> HttpResponse:
    """Show how many grids are too large, take too long, lack people or a Party organisation."""
    viewer = viewer_in(request)
    by_level, by_community = staffing(viewer)
    context: dict[str, Any] = {"health": health(viewer), "levels": by_level, "communities": by_community}
    if may(viewer, "redline.see"):
        rows = coverage_by_community(viewer, Area.Level.GENERAL)
        of, part = (sum(getattr(row, end) for row in rows) for end in ("grids", "without"))
        whole = Share("party", part, of, "")
        worst = sorted(rows, key=lambda row: -row.without / row.grids)
        context |= {"party": rows, "party_whole": whole, "party_worst": worst}
    return render(request, "insight/health.html", context)
