"""The public page: figures of past months and solved cases of the area."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shige.matters.queries.summaries import solved_cases
from shige.trust.access import public_page
from shige.trust.jurisdiction import profile

from .open_figures import open_figures, open_months


@require_safe
@public_page
def open_page(request: HttpRequest) -> HttpResponse:
    """Show a month's figures (``?month=2026-10``, else the last one that is over) and solved cases."""
    months = open_months(timezone.localdate())
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), months[0])
    shown = {
        "found": open_figures(month),
        "months": [(f"{one:%Y-%m}", _named(one)) for one in months],
        "chosen": f"{month:%Y-%m}",
        "under": profile().suppress_under,
        "cases": solved_cases(),
    }
    return render(request, "insight/open.html", shown)


def _named(month: date) -> str:
    return f"{month.year}-{month.month:02d}"
