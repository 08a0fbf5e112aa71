"""The first screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shige.trust.access import public_page

from ..calls import calls


@require_GET
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be done here, and the emergency numbers."""
    return render(request, "channels/home.html", {"calls": calls()})
