"""The notice sign of a grid (网格公示牌), to print on A4 or A3."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.trust.page_access import public_page, staff_page

from ..queries.signs import signs_of
from .files import code_picture

PAPERS: Final = ("a4", "a3")


@require_safe
@staff_page("map.see")
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Show the sign of a grid, or of all grids of a community, as it is printed."""
    paper = request.GET.get("paper", "")
    shown = {"signs": signs_of(code), "paper": paper if paper in PAPERS else PAPERS[0], "papers": PAPERS}
    return render(request, "territory/signs.html", shown)


@require_safe
@public_page
def sign_code(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the QR code of a grid's sign: it opens the report page at the grid."""
    return code_picture(request.build_absolute_uri(f"/report/?g={code}"))
