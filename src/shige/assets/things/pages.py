"""Pages of the register of things: list and map, one thing, its form, an inspection (R41)."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.files.desk import done_with, file_field, files_of
from shige.territory.lineage import lineage_of_row
from shige.territory.map_settings import map_config
from shige.territory.models import Thing
from shige.territory.paging import after_link
from shige.territory.places.pages import place_settings
from shige.territory.shapes import Box, around, hull
from shige.territory.things import commands as territory
from shige.territory.things.queries import PAGE, ThingRow, overdue_count, row_of, thing_list, thing_seen
from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in

from ..inspections import commands
from ..inspections.queries import inspections_of
from .forms import InspectionForm, ThingFilterForm, ThingForm

MARGIN_METRES: Final = 150.0


@require_GET
@staff_page("thing.see")
def things(request: HttpRequest) -> HttpResponse:
    """List the things of the own areas, and show them on the map."""
    viewer = viewer_in(request)
    form = ThingFilterForm(viewer, request.GET)
    rows = thing_list(viewer, form.wanted(), after=request.GET.get("after", ""), limit=PAGE + 1)
    shown = rows[:PAGE]
    content = {
        "form": form,
        "rows": shown,
        "overdue": overdue_count(viewer),
        "may_edit": may(viewer, "thing.edit"),
        "config": map_config(box_of(shown)) | {"points": [point_of(row) for row in shown]},
        "next_url": after_link(request, shown[-1].code) if len(rows) > PAGE else "",
        "first_url": after_link(request, "") if request.GET.get("after") else "",
    }
    return render(request, "assets/things.html", content)


@require_GET
@staff_page("thing.see")
def thing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one thing, where it is, and what was found at it."""
    return _shown(request, _found(request, code))


@require_http_methods(["GET", "POST"])
@staff_page("thing.edit")
def add_thing(request: HttpRequest) -> HttpResponse:
    """Put a thing on the register."""
    form = ThingForm(viewer_in(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = territory.add_thing(viewer_in(request), form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": made.name})
            return redirect("assets:thing", made.code)
    return _form(request, form, {})


@require_http_methods(["GET", "POST"])
@staff_page("thing.edit")
def change_thing(request: HttpRequest, code: str) -> HttpResponse:
    """Change what the register says of a thing."""
    viewer, found = viewer_in(request), _found(request, code)
    form = ThingForm(viewer, request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        try:
            territory.change_thing(viewer, code, form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The register is changed."))
            return redirect("assets:thing", code)
    return _form(request, form, {"thing": found})


@require_POST
@staff_page("thing.edit")
def retire_thing(request: HttpRequest, code: str) -> HttpResponse:
    """Take a thing that is gone off the lists."""
    territory.retire_thing(viewer_in(request), code)
    messages.success(request, _("It is retired; its code is not given again."))
    return redirect("assets:thing", code)


@require_POST
@staff_page("thing.inspect")
def inspect_thing(request: HttpRequest, code: str) -> HttpResponse:
    """Write an inspection down; a defect is filed at once."""
    found, form = _found(request, code), InspectionForm(request.POST)
    if form.is_valid():
        try:
            given = form.given(files_of(request))
            made = commands.inspect_thing(viewer_in(request), code, given)
        except ValidationError as error:
            add_errors(form, error)
        else:
            said = _("The inspection is written down.")
            if made.matter:
                said = _("The defect is matter %(number)s.") % {"number": made.matter.number}
            done_with(request)
            messages.success(request, said)
            return redirect("assets:thing", code)
    return _shown(request, found, form)


def box_of(rows: list[ThingRow]) -> Box | None:
    """Return the part of the map on which things stand."""
    return hull(around(row.lon, row.lat, MARGIN_METRES) for row in rows)


def point_of(row: ThingRow) -> dict[str, object]:
    """Return a thing as a sign of the map."""
    url = reverse("assets:thing", args=[row.code])
    return {"at": [row.lon, row.lat], "title": f"{row.kind_name} {row.name}", "url": url}


def _found(request: HttpRequest, code: str) -> Thing:
    found = thing_seen(viewer_in(request), code)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, form: ThingForm, more: dict[str, Any]) -> HttpResponse:
    shown = {"form": form, **place_settings(viewer_in(request), form), **more}
    return render(request, "assets/thing_form.html", shown, status=422 if form.errors else 200)


def _shown(request: HttpRequest, found: Thing, failed: Form | None = None) -> HttpResponse:
    viewer, line = viewer_in(request), lineage_of_row(found)
    at = [found.lon, found.lat]
    content = {
        "thing": found,
        "row": row_of(found),
        "inspections": inspections_of(viewer, found),
        "may_edit": found.retired_on is None and may(viewer, "thing.edit", line),
        "may_inspect": found.retired_on is None and may(viewer, "thing.inspect", line),
        "form": failed or InspectionForm(),
        "config": map_config() | {"center": at, "zoom": 17, "point": at},
        **file_field(request),
    }
    return render(request, "assets/thing.html", content, status=422 if failed else 200)
