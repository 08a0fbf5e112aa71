"""The desks of the office, as links above each of their pages; only those that the viewer may open."""

from django import template
from django.http import HttpRequest
from django.urls import reverse

from shige.trust.gate import may
from shige.trust.navigation import desk_entries

from ..page_access import viewer_in

register = template.Library()


@register.inclusion_tag("trust/desks.html")
def desks(request: HttpRequest) -> dict[str, object]:
    """Draw the links; the one whose page is open is marked."""
    viewer = viewer_in(request)
    open_to = [(reverse(entry.page), entry.label) for entry in desk_entries() if may(viewer, entry.action)]
    inside = [url for url, _label in open_to if request.path.startswith(url)]
    current = max(inside, key=len, default="")
    return {"desks": [{"url": url, "label": label, "current": url == current} for url, label in open_to]}
