"""Say levels, kinds and changes of the one red line (一根红线) in words."""

from django import template
from django.http import HttpRequest

from shige.redline.coverage.findings import finding_word
from shige.redline.coverage.places import Place
from shige.redline.organisations.history import change_name
from shige.redline.rules import kind_name, level_name
from shige.trust.gate import may
from shige.trust.page_access import viewer_in

register = template.Library()


@register.inclusion_tag("redline/_ways.html")
def line_ways(request: HttpRequest, around: Place, here: str) -> dict[str, object]:
    """Draw the links to the pages of the line; ``here`` is the one that is open."""
    return {"around": around, "here": here, "may_edit": may(viewer_in(request), "redline.edit")}


register.filter("grid_word", level_name)
register.filter("kind_word", kind_name)
register.filter("finding_word", finding_word)
register.filter("change_word", change_name)
