"""Oversized compounds (超大小区) that span grids or communities, each on one page (R45)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.territory.grids.queries.compounds import compound_view, large_compounds
from shige.trust.page_access import staff_page, viewer_in

from ..queries.compound import open_in


@require_safe
@staff_page("matter.handle")
def compounds(request: HttpRequest) -> HttpResponse:
    """List the compounds that span several general grids or communities."""
    return render(request, "matters/compounds.html", {"compounds": large_compounds(viewer_in(request))})


@require_safe
@staff_page("matter.handle")
def compound(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one compound: its grids, their people, and how many matters are open in each."""
    viewer = viewer_in(request)
    found = compound_view(viewer, pk)
    whole, by_grid = open_in(viewer, pk)
    rows = [(part, by_grid.get(part.grid.pk)) for part in found.parts]
    shown = {"compound": found, "rows": rows, "open": whole}
    return render(request, "matters/compound.html", shown)
