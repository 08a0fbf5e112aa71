"""What is proposed for the line, for programs of the staff: each with the act that carries it out (R11)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from shige.trust.page_access import STAFF_AUTH, admitted

from ..coverage.places import place_of
from .pages import STREETS, key
from .queries import adjustment

router = Router(tags=["redline"], auth=STAFF_AUTH)


class ProposalOut(Schema):
    """One change: its act, the grid, the organisation (none where one is to be founded), and its reason."""

    act: str = Field(description="found, retie, merge, or untie: kept without a grid")
    grid: str
    grid_name: str
    organisation: str | None
    name: str
    into: str | None
    above: str | None
    reason: str


class AdjustmentOut(Schema):
    """How many gaps and stranded organisations there are, and the fewest changes that close them."""

    gaps: int
    stranded: int
    proposals: list[ProposalOut]


@router.get("/adjustment", response=AdjustmentOut, url_name="redline_adjustment")
def proposals(request: HttpRequest, area: str = "") -> dict[str, Any]:
    """Return what is proposed for a street or community; nothing is done by it."""
    viewer = admitted(request, "redline.edit")
    place = place_of(viewer, area)
    if place is None:
        raise Http404(area)
    if place.level not in STREETS:
        raise ValidationError({"area": _("Please name a street or community.")})
    found = adjustment(viewer, place)
    return {
        "gaps": found.gaps,
        "stranded": found.stranded,
        "proposals": [
            {
                **{name: getattr(one, name) for name in ("act", "grid", "grid_name", "name", "reason")},
                **{name: key(getattr(one, name)) or None for name in ("organisation", "into", "above")},
            }
            for one in found.proposals
        ],
    }
