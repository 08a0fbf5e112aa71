"""Today's page, the list of matters and the list of those that no grid holds."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shige.files.spreadsheets import Row, csv_file
from shige.territory.plans.queries.plans import plans_to_decide
from shige.territory.things.queries import overdue_count
from shige.trust.commands import note_export
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in

from ...desk.queries.registered import registered_by
from ...joint.queries import work_today
from ...recusal.second_person import waiting_for
from ...sealing.queries import endangered
from ...visibility.shown import nothing_shown
from ...visits.queries import visits_due
from ..forms import FilterForm, PhoneForm, SaveFilterForm
from ..queries.filters import MatterFilter, wordless
from ..queries.page import matter_list, matters_to_export, typed_cursor
from ..queries.rows import MatterRow
from ..queries.saved_filters import saved_filters
from ..queries.today import today_of

FOUND_SHOWN: Final = 5
"""What somebody registered and is still open, on the first page."""


@require_GET
@staff_page()
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person; whoever handles nothing goes where they begin."""
    if not may(viewer_in(request), "matter.handle"):
        return redirect(settings.LOGIN_REDIRECT_URL)
    found = today_of(viewer_in(request))
    shown = {
        "figures": found.figures,
        "endangered": endangered(viewer_in(request)),
        "recusals": waiting_for(viewer_in(request)),
        "rows": found.mine,
        "praise": found.praise,
        "to_extend": found.to_extend,
        "plans": plans_to_decide(viewer_in(request)),
        "work": work_today(viewer_in(request)),
        "overdue": overdue_count(viewer_in(request)),
        "visits": [visit for visit in visits_due(viewer_in(request)) if visit.own],
        "registered": [one for one in registered_by(viewer_in(request)) if one.open][:FOUND_SHOWN],
        "may_relay": may(viewer_in(request), "matter.relay"),
    }
    return render(request, "matters/today.html", shown)


@require_GET
@staff_page("matter.handle")
def matters(request: HttpRequest) -> HttpResponse:
    """List matters, the soonest due first."""
    return shown_list(request)


@require_GET
@staff_page("matter.dispatch")
def unassigned(request: HttpRequest) -> HttpResponse:
    """List what lies outside every grid and waits for a dispatcher to set its place."""
    return render(request, "matters/unassigned.html", _paged(request, MatterFilter(circumstance="outside")))


@require_GET
@staff_page("matter.handle")
def export(request: HttpRequest) -> HttpResponse:
    """Write the list as CSV, on record; words stay here, and where a confidential matter lies."""
    viewer = viewer_in(request)
    chosen = FilterForm(viewer, request.GET).chosen()
    rows = list(matters_to_export(viewer, chosen))
    nothing_shown()
    note_export(viewer, "matter", len(rows))
    name = f"matters-{timezone.localtime():%Y%m%d-%H%M}"
    return csv_file(name, _table(rows))


def shown_list(request: HttpRequest, saving: SaveFilterForm | None = None) -> HttpResponse:
    """Return the page of the list, with the form that was refused if there is one."""
    viewer = viewer_in(request)
    form = FilterForm(viewer, request.GET or {"state": "open"})
    chosen = form.chosen()
    query = query_of(request)
    content = _paged(request, chosen) | {
        "form": form,
        "endangered": endangered(viewer),
        "recusals": waiting_for(viewer),
        "query": query,
        "narrowed": chosen != MatterFilter(),
        "wordless": wordless(chosen.text),
        "without_map_url": _without(request, "within") if chosen.within else "",
        "without_compound_url": _without(request, "compound") if chosen.compound else "",
        "without_import_url": _without(request, "imported") if chosen.imported else "",
        "kept": saved_filters(viewer),
        "saving": saving or SaveFilterForm(initial={"query": query}),
        "may_find": may(viewer, "contact.reveal"),
        "may_assign": may(viewer, "matter.dispatch"),
        "by_phone": PhoneForm(),
    }
    return render(request, "matters/list.html", content, status=422 if saving else 200)


def query_of(request: HttpRequest) -> str:
    """Return what the filter bar says, as the query of an address; nothing else that stands there."""
    known = FilterForm.base_fields
    given = [(name, value) for name, value in request.GET.items() if name in known and value]
    return urlencode(given)


def _paged(request: HttpRequest, chosen: MatterFilter) -> dict[str, object]:
    """Return the lines of the page that is asked for, and the addresses of those beside it."""
    cursor = typed_cursor(request.GET.get("cursor", ""))
    page = matter_list(viewer_in(request), chosen, cursor)
    query = query_of(request)
    return {
        "rows": page.rows,
        "next_url": _with_cursor(query, page.next_cursor),
        "previous_url": _with_cursor(query, page.previous_cursor),
        "first_url": request.get_full_path().split("?")[0] if cursor else "",
        "export_url": f"{reverse('matters:export')}?{query}",
    }


def _with_cursor(query: str, cursor: str) -> str:
    parts = [part for part in (query, urlencode({"cursor": cursor})) if part]
    return f"?{'&'.join(parts)}" if cursor else ""


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    for key in (name, "cursor"):
        query.pop(key, None)
    return f"?{query.urlencode()}"


def _table(rows: Iterable[MatterRow]) -> Iterator[Row]:
    names = (_("Number"), _("Category"), _("Tier"), _("State"), _("Place"), _("Grid"), _("Owner"))
    yield (*names, _("Reported"), _("Response due"), _("Resolution due"), _("Late"))
    for row in rows:
        place = "" if row.confidential else row.place
        due = (row.respond_by, row.resolve_by) if row.timed else (None, None)
        written = [
            f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
            for moment in (row.reported_at, *due)
        ]
        what = (row.number, row.category_name, row.tier_name, row.state_label)
        yield (*what, place, row.grid, row.owner, *written, _("yes") if row.late else "")
