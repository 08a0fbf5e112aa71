"""Where whoever has signed in begins: a page that they may see, their own work first."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shige.trust.gate import may
from shige.trust.navigation import rail_entries
from shige.trust.page_access import staff_page, viewer_in

FIRST: Final = ("matters:today", "oversight:home")
"""What goes before the order of the rail: work that waits, and for whoever oversees what they oversee."""


@require_safe
@staff_page()
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of the rail that somebody may open; without any post to their own account."""
    open_to_viewer = [entry.page for entry in rail_entries() if may(viewer_in(request), entry.action)]
    for page in (*FIRST, *open_to_viewer):
        if page in open_to_viewer:
            return redirect(page)
    messages.info(request, _("You hold no post at present. Whoever appoints you here can give you one."))
    return redirect("mfa_index")
