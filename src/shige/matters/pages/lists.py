"""Today's page, the list of matters and the list of those that no grid holds."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shige.trust.access import staff_page, viewer_in

from ..forms import FilterForm
from ..queries import Chosen, Row, matter_list, matters_to_export, today_of
from ..queries.joint import work_today

BOM: Final = "\ufeff"
"""Spreadsheet programs read the file as UTF-8 because of it."""

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@staff_page("matter.handle")
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person."""
    found = today_of(viewer_in(request))
    shown = {"figures": found.figures, "rows": found.mine, "work": work_today(viewer_in(request))}
    return render(request, "matters/today.html", shown)


@require_GET
@staff_page("matter.handle")
def matters(request: HttpRequest) -> HttpResponse:
    """List matters, the soonest due first."""
    form = FilterForm(request.GET or {"state": "open"})
    return _listed(request, "matters/list.html", form, form.chosen())


@require_GET
@staff_page("matter.dispatch")
def unassigned(request: HttpRequest) -> HttpResponse:
    """List what lies outside every grid and waits for a dispatcher to set its place."""
    return _listed(request, "matters/unassigned.html", FilterForm(), Chosen(unassigned=True))


@require_GET
@staff_page("matter.handle")
def export(request: HttpRequest) -> HttpResponse:
    """Write the list as CSV; words stay here."""
    chosen = FilterForm(request.GET).chosen()
    name = f"matters-{timezone.localtime():%Y%m%d-%H%M}.csv"
    return HttpResponse(
        _lines(matters_to_export(viewer_in(request), chosen)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _listed(request: HttpRequest, template: str, form: FilterForm, chosen: Chosen) -> HttpResponse:
    page = matter_list(viewer_in(request), chosen, request.GET.get("cursor", ""))
    query = request.GET.copy()
    query.pop("cursor", None)
    export_url = f"{reverse('matters:export')}?{query.urlencode()}"
    query["cursor"] = page.next_cursor
    shown = {"form": form, "rows": page.rows, "export_url": export_url}
    shown |= {"next_url": f"?{query.urlencode()}" if page.next_cursor else ""}
    shown |= {"first_url": request.path if request.GET.get("cursor") else ""}
    shown |= {"narrowed": chosen != replace(Chosen(), unassigned=chosen.unassigned)}
    return render(request, template, shown)


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterator[Row]) -> Iterator[str]:
    writer = csv.writer(_Line())
    names = (_("Number"), _("Category"), _("Tier"), _("State"), _("Place"), _("Grid"), _("Owner"))
    dates = (_("Reported"), _("Response due"), _("Resolution due"), _("Late"))
    yield BOM + writer.writerow([*names, *dates])
    for row in rows:
        cells = (
            row.number,
            row.category_name,
            row.tier_name,
            row.state_label,
            row.place,
            row.grid,
            row.owner,
        )
        moments = (row.reported_at, row.respond_by, row.resolve_by)
        written = [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in moments]
        yield writer.writerow([*map(_harmless, cells), *written, _("yes") if row.late else ""])


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
