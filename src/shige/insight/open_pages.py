"""The public page: figures of past months and solved cases of the area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shige.matters.summaries.queries import solved_cases
from shige.trust.jurisdiction import profile
from shige.trust.page_access import public_page

from .labels import closed_words
from .open_figures import open_figures
from .publication import periods_with_matters


@require_safe
@public_page
def open_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of a closed period (``?month=2026-10``, else the last one) and solved cases."""
    periods = periods_with_matters()
    chosen = next((one for one in periods if one.key == request.GET.get("month")), periods[0])
    shown = {
        "found": open_figures(chosen),
        "months": [(one.key, closed_words(one)) for one in periods],
        "chosen": chosen.key,
        "under": profile().suppress_under,
        "cases": solved_cases(),
    }
    return render(request, "insight/open.html", shown)
