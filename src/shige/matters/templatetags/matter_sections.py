"""The desks of the matters room, as links above each of its pages; only those that the viewer may open."""

from typing import Final, NamedTuple

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from shige.trust.access import viewer_in
from shige.trust.gate import may
from shige.trust.permissions import Action

register = template.Library()


class Section(NamedTuple):
    """One desk: its page, its name (marked for translation), what one must be allowed to do there."""

    page: str
    label: str
    action: Action


SECTIONS: Final = (
    Section("matters:list", gettext_noop("List"), "matter.handle"),
    Section("matters:map", gettext_noop("Map"), "matter.handle"),
    Section("matters:board", gettext_noop("Dispatch board"), "matter.dispatch"),
    Section("matters:morning", gettext_noop("This morning"), "matter.dispatch"),
    Section("matters:warnings", gettext_noop("Warnings ahead"), "matter.see"),
    Section("matters:visits", gettext_noop("Return visits"), "matter.handle"),
    Section("matters:hazards", gettext_noop("Hazards"), "matter.see"),
    Section("matters:opinions", gettext_noop("Opinion notes"), "opinion.see"),
    Section("matters:disputes", gettext_noop("Disputes"), "matter.dispatch"),
    Section("matters:compounds", gettext_noop("Oversized compounds"), "matter.dispatch"),
    Section("matters:things", gettext_noop("Register of things"), "thing.see"),
    Section("matters:devices", gettext_noop("Devices"), "device.manage"),
    Section("matters:import", gettext_noop("Import matters"), "matter.import"),
    Section("matters:rules", gettext_noop("Routing rules"), "rule.edit"),
)


@register.inclusion_tag("matters/sections.html")
def sections(request: HttpRequest) -> dict[str, object]:
    """Draw the links; the one whose page is open is marked."""
    open_to = [section for section in SECTIONS if may(viewer_in(request), section.action)]
    desks = [(reverse(section.page), gettext(section.label)) for section in open_to]
    inside = [url for url, _label in desks if request.path.startswith(url)]
    current = max(inside, key=len, default="")
    return {"desks": [{"url": url, "label": label, "current": url == current} for url, label in desks]}
