"""Pages on which the office keeps service points (R13)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.territory.map_settings import map_config
from shige.territory.paging import after_link
from shige.territory.places.pages import place_settings
from shige.territory.shapes import around, hull
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from . import commands
from .cursors import read_cursor, written_cursor
from .forms import ClosureForm, KeptFilterForm, MakesWayForm, OfferForm, PointForm, WeekForm
from .queries import PointDetail, office_points, point_kept, row_kept
from .signs import points_on_map


@require_GET
@staff_page("service_point.edit")
def points(request: HttpRequest) -> HttpResponse:
    """List the points of the own areas, and show them on the map."""
    form = KeptFilterForm(request.GET)
    rows, onward = office_points(viewer_in(request), form.wanted(), read_cursor(request.GET.get("after", "")))
    shown = {
        "form": form,
        "rows": rows,
        "next_url": after_link(request, written_cursor(onward)) if onward else "",
        "config": map_config(hull(around(row.lon, row.lat, 150.0) for row in rows))
        | {"points": points_on_map(rows, "service_points:point")},
    }
    return render(request, "service_points/points.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page("service_point.edit")
def add(request: HttpRequest) -> HttpResponse:
    """Open a service point."""
    viewer = viewer_in(request)
    form = PointForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.add_point(viewer, form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("%(name)s is on the map. Now say when it is open.") % {"name": made.name}
            )
            return redirect("service_points:point", made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@staff_page("service_point.edit")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a point."""
    viewer = viewer_in(request)
    row = row_kept(viewer, pk)
    if row is None:
        raise Http404
    form = PointForm(viewer, request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_point(viewer, pk, form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("What is said of it is changed."))
            return redirect("service_points:point", pk)
    return _form(request, form, pk)


@require_GET
@staff_page("service_point.edit")
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one point: its week, days on which it is closed, what is on offer."""
    return _shown(request, _found(request, pk))


@require_POST
@staff_page("service_point.edit")
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the hours of a week."""
    found, form = _found(request, pk), WeekForm(request.POST, row_kept(viewer_in(request), pk))
    if not form.is_valid():
        return _shown(request, found, week=form)
    try:
        commands.set_hours(viewer_in(request), pk, form.week(), cancel=form.cleaned_data["cancel"])
    except ValidationError as error:
        add_errors(form, error)
        return _shown(request, found, week=form)
    messages.success(request, _("The hours are set."))
    return redirect("service_points:point", pk)


@require_POST
@staff_page("service_point.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a point for some days."""
    found, form = _found(request, pk), ClosureForm(request.POST)
    if form.is_valid():
        try:
            commands.close_for(viewer_in(request), pk, *form.given(), cancel=form.cleaned_data["cancel"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Everybody reads that it is closed on these days."))
            return redirect("service_points:point", pk)
    return _shown(request, found, closure=form)


@require_POST
@staff_page("service_point.edit")
def reopen(request: HttpRequest, pk: int, closure: int) -> HttpResponse:
    """Take days back on which it was to be closed."""
    _found(request, pk)
    return _done(request, pk, lambda: commands.open_again(viewer_in(request), pk, closure))


@require_POST
@staff_page("service_point.edit")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something on offer."""
    found, form = _found(request, pk), OfferForm(request.POST)
    if form.is_valid():
        try:
            commands.add_offer(viewer_in(request), pk, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("It is on offer."))
            return redirect("service_points:point", pk)
    return _shown(request, found, offering=form)


@require_POST
@staff_page("service_point.edit")
def withdraw(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Take something off that was on offer."""
    found, form = _found(request, pk), MakesWayForm(request.POST, auto_id="id_off_%s")
    agreed = form.is_valid() and form.cleaned_data["cancel"]
    try:
        return _done(request, pk, lambda: commands.end_offer(viewer_in(request), pk, offer, cancel=agreed))
    except ValidationError as error:
        add_errors(form, error)
        return _shown(request, found, off=(offer, form))


@require_POST
@staff_page("service_point.edit")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a point that is gone off the map."""
    found, form = _found(request, pk), MakesWayForm(request.POST, auto_id="id_end_%s")
    agreed = form.is_valid() and form.cleaned_data["cancel"]
    try:
        return _done(request, pk, lambda: commands.end_point(viewer_in(request), pk, cancel=agreed))
    except ValidationError as error:
        add_errors(form, error)
        return _shown(request, found, ending=form)


def _done(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    """Carry out what asks for nothing; what was done before already is as it should be."""
    try:
        act()
    except PermissionDenied:
        messages.info(request, _("This was done already. The page shows how it stands now."))
    else:
        messages.success(request, _("Done."))
    return redirect("service_points:point", pk)


def _found(request: HttpRequest, pk: int) -> PointDetail:
    found = point_kept(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, form: PointForm, pk: int | None) -> HttpResponse:
    shown = {"form": form, "pk": pk, **place_settings(viewer_in(request), form)}
    return render(request, "service_points/form.html", shown, status=422 if form.errors else 200)


def _shown(
    request: HttpRequest,
    found: PointDetail,
    week: Form | None = None,
    closure: Form | None = None,
    offering: Form | None = None,
    off: tuple[int, Form] | None = None,
    ending: Form | None = None,
) -> HttpResponse:
    row, at = row_kept(viewer_in(request), found.point.pk), [found.point.lon, found.point.lat]
    shown = {
        "found": found,
        "point": found.point,
        "week": week or WeekForm(None, row),
        "closure": closure or ClosureForm(),
        "offering": offering or OfferForm(),
        "off": off or (0, None),
        "ending": ending,
        "config": map_config() | {"center": at, "zoom": 17, "point": at},
    }
    failed = week or closure or offering or off or ending
    return render(request, "service_points/point.html", shown, status=422 if failed else 200)
