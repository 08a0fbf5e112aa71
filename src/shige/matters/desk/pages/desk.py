"""The desk of the grid service centre (综治中心), and the lists behind its numbers (R42)."""

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in

from ...recusal.second_person import waiting_for
from ...sealing.queries import endangered
from ..queries.desk import LISTED, desk_list, desk_of

DISPATCHED: Final = {
    "outside": gettext_noop("Outside every grid"),
    "new": gettext_noop("New at a post of the street"),
    "refused": gettext_noop("Given back: not on the duties list"),
    "nobody": gettext_noop("Nobody holds the owner's post"),
}
SUPERVISED: Final = {
    "late": gettext_noop("Late"),
    "today": gettext_noop("Late today unless somebody acts"),
    "tomorrow": gettext_noop("Late tomorrow unless somebody acts"),
    "told_above": gettext_noop("Late, and told up the line"),
    "reopened": gettext_noop("Reopened, still open"),
    "disputes": gettext_noop("Disputes past their date"),
}
URGENT: Final = frozenset({"late", "told_above", "disputes"})

Tally = list[tuple[str, str, int, bool]]


@require_GET
@staff_page("desk.see")
def desk(request: HttpRequest) -> HttpResponse:
    """Show on one screen what is to be dispatched, what is watched, and where people are missing."""
    found = desk_of(viewer_in(request))
    shown = {
        "desk": found,
        "endangered": endangered(viewer_in(request)),
        "recusals": waiting_for(viewer_in(request)),
        "dispatched": _tally(DISPATCHED, found.counts),
        "supervised": _tally(SUPERVISED, found.counts),
        "totals": {
            name: sum(getattr(row, name) for row in found.staff)
            for name in ("vacant", "doubled", "substituted")
        },
    }
    return render(request, "matters/desk.html", shown)


@require_GET
@staff_page("desk.see")
def desk_rows(request: HttpRequest, kind: str) -> HttpResponse:
    """List the matters behind a number of the desk, to be opened or ticked and passed on."""
    titles = DISPATCHED | SUPERVISED
    if kind not in titles:
        raise Http404
    viewer = viewer_in(request)
    shown = {
        "title": gettext(titles[kind]),
        "rows": desk_list(viewer, kind),
        "most": LISTED,
        "may_assign": may(viewer, "matter.dispatch"),
    }
    return render(request, "matters/desk_rows.html", shown)


def _tally(titles: dict[str, str], counts: Mapping[str, int]) -> Tally:
    """Return each kind with its words, its number, and whether the number is an alarm."""
    return [
        (kind, gettext(title), counts[kind], kind in URGENT and counts[kind] > 0)
        for kind, title in titles.items()
    ]
