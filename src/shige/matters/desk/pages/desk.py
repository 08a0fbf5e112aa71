"""The desk of the grid service centre (综治中心) (R42)."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from shige.trust.page_access import staff_page, viewer_in

from ...lists.queries.circumstances import TO_DISPATCH, circumstances
from ...lists.queries.figures import Figure
from ...recusal.second_person import waiting_for
from ...sealing.queries import endangered
from ..queries.desk import WATCHED, desk_of

URGENT: Final = frozenset({"late", "told_above", "disputes"})

Tally = list[tuple[str | Promise, Figure, bool]]


@require_GET
@staff_page("desk.see")
def desk(request: HttpRequest) -> HttpResponse:
    """Show on one screen what is to be dispatched, what is watched, and where people are missing."""
    found = desk_of(viewer_in(request))
    shown = {
        "desk": found,
        "endangered": endangered(viewer_in(request)),
        "recusals": waiting_for(viewer_in(request)),
        "dispatched": _tally(TO_DISPATCH, found.figures),
        "supervised": _tally([name for name in WATCHED if name not in TO_DISPATCH], found.figures),
        "totals": {
            name: sum(getattr(row, name) for row in found.staff)
            for name in ("vacant", "doubled", "substituted")
        },
    }
    return render(request, "matters/desk.html", shown)


def _tally(names: Iterable[str], figures: Mapping[str, Figure]) -> Tally:
    """Return each kind with its words, its number, and whether the number is an alarm."""
    titles = {name: one.title for name, one in circumstances().items()} | {"late": _("Late")}
    return [(titles[name], figures[name], name in URGENT and figures[name].count > 0) for name in names]
