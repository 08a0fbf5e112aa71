"""The first screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.page_access import public_page
from shige.warnings.queries.in_force import standing_everywhere

from ...calls import calls


@require_GET
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be done here, the emergency numbers, and that there are warnings."""
    shown = {"calls": calls(), "hotlines": calls(danger=False), "standing": standing_everywhere()}
    return render(request, "channels/home.html", shown)
