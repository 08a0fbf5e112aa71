"""Before anything is filed (事前提示): advice on every category, warnings that stand, the way out (R25)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shige.trust.page_access import public_page
from shige.warnings.queries.in_force import standing_everywhere

from ..advice import advice_groups
from ..drafts import discard, draft_in, leading_to
from ..readback import followed, is_read_back
from .danger import next_screen


@require_GET
@public_page
def advice(request: HttpRequest) -> HttpResponse:
    """Show the advice on all categories."""
    return render(request, "channels/advice.html", {"groups": advice_groups()})


@require_GET
@public_page
def warnings(request: HttpRequest) -> HttpResponse:
    """Show every warning that stands, and where."""
    return render(request, "channels/warnings.html", {"standing": standing_everywhere()})


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
@followed
def solved(request: HttpRequest) -> HttpResponse:
    """Ask whom the advice has helped whether the draft may go, and drop it; nothing is filed."""
    draft = draft_in(request)
    if request.method == "GET" and draft.words and draft.receipt is None:
        shown = {"draft": draft, "shows": is_read_back(request, draft)}
        shown |= {"onward": leading_to(next_screen(draft), draft)}
        return render(request, "channels/forget.html", shown)
    if request.method == "POST":
        discard(request, draft)
    return render(request, "channels/solved.html")
