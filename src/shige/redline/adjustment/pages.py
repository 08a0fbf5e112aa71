"""The page of what is proposed for the line: each proposal leads to the form of its act, filled in."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today
from shige.trust.veil import veiled

from ..coverage.counts import list_query
from ..coverage.pages import place_asked
from ..coverage.places import places
from ..organisations.pages import ADJUSTMENT
from .queries import Proposal, adjustment

STREETS: frozenset[str] = frozenset({"street", "community"})
"""Levels of the places for which something is proposed: an organisation stays in its street."""


@staff_page("redline.edit")
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show which organisation to found, re-tie or merge so that the gaps close with the fewest changes."""
    viewer = viewer_in(request)
    around = place_asked(viewer, request)
    if around.level not in STREETS:
        streets = places(viewer).filter(around.within(), level="street").order_by("sort_key", "code")
        return render(request, "redline/adjustment.html", {"around": around, "streets": streets})
    found = adjustment(viewer, around)
    shown = {
        "around": around,
        "found": found,
        "rows": [(one, form_address(one)) for one in found.proposals],
        "gaps": list_query(around.code, today(), "", "gap"),
    }
    return render(request, "redline/adjustment.html", shown)


def form_address(proposal: Proposal) -> str:
    """Return the address of the form that carries a proposal out, with its fields filled in.

    The reason that is kept in the history is that of the decision, not that of the reckoning.
    """
    reason = _("The grids are adjusted, and their organisations follow.")
    asked = {"from": ADJUSTMENT, "reason": reason, "above": key(proposal.above)}
    if proposal.act == "found":
        return f"{reverse('redline:add', args=[proposal.grid])}?{urlencode(asked)}"
    act = "merge" if proposal.act == "merge" else "retie"
    asked |= {"act": act}
    if proposal.act == "merge":
        asked |= {"into": key(proposal.into)}
    else:
        asked |= {"grid": "" if proposal.act == "untie" else proposal.grid}
    page = reverse("redline:organisation", args=[proposal.organisation])
    return f"{page}?{urlencode(asked)}#{act}"


def key(organisation: int | None) -> str:
    """Return the running key of an organisation as a form holds it."""
    return "" if organisation is None else veiled("key", str(organisation))
