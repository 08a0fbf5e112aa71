"""Pages of the one red line (一根红线): the line of a street, and the forms that close its gaps."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import may, require
from shige.trust.jurisdiction import profile
from shige.trust.page_access import staff_page, viewer_in

from . import commands
from .figure import figure_of
from .forms import MoveForm, OverseerForm, organisation_form
from .models import Organisation
from .queries import line_of_street, open_organisation, possible_overseers, possible_parents, streets


@staff_page("redline.see")
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Draw the line of one street with its gaps, as a figure and as a list."""
    viewer = viewer_in(request)
    choices = streets(viewer)
    chosen = choose(choices, request.GET.get("street"))
    if chosen is None:
        return render(request, "redline/line.html", {"streets": choices})
    found = line_of_street(viewer, chosen.pk)
    return render(
        request,
        "redline/line.html",
        {
            "streets": choices,
            "street": chosen,
            "line": found,
            "pairs": profile().redline,
            "figure": figure_of(found),
            "may_edit": may(viewer, "redline.edit", lineage_of(chosen)),
        },
    )


def choose(choices: list[Area], code: str | None) -> Area | None:
    """Return the street with this code, or the first where none is asked for."""
    if code:
        named = [street for street in choices if street.code == code]
        if not named:
            raise Http404(code)
        return named[0]
    return choices[0] if choices else None


@staff_page("redline.edit")
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Tie a new organisation to a grid that has none."""
    viewer = viewer_in(request)
    area = get_object_or_404(Area, code=code)
    require(viewer, "redline.edit", lineage_of(area))
    form = organisation_form(viewer, area, request.POST or None)
    done = _("%(name)s is tied to its grid.")
    if carried_out(
        request, form, lambda: commands.add_organisation(viewer, area=area.pk, **form.cleaned_data)
    ):
        messages.success(request, done % {"name": form.cleaned_data["name"]})
        return redirect(line_address(area))
    return render(request, "redline/add.html", {"form": form, "area": area, "back": line_address(area)})


@staff_page("redline.edit")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation with the forms that change its overseer and what it stands below."""
    viewer = viewer_in(request)
    body = found_organisation(request, pk)
    overseer = OverseerForm(
        request.POST if "set_overseer" in request.POST else None,
        overseers=possible_overseers(viewer, body.area),
        initial={"overseer": body.overseer_id},
    )
    move = MoveForm(
        request.POST if "move" in request.POST else None,
        parents=possible_parents(viewer, body.area),
        initial={"parent": body.parent_id},
    )
    if carried_out(
        request, overseer, lambda: commands.set_overseer(viewer, pk, overseer.cleaned_data["overseer"])
    ) or carried_out(
        request,
        move,
        lambda: commands.move_organisation(viewer, pk, body.area_id, move.cleaned_data["parent"]),
    ):
        messages.success(request, _("The change is kept."))
        return redirect(line_address(body.area))
    return render(
        request,
        "redline/organisation.html",
        {"body": body, "overseer": overseer, "move": move, "back": line_address(body.area)},
    )


@require_POST
@staff_page("redline.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an organisation; those below it come under the one above it."""
    body = found_organisation(request, pk)
    commands.close_organisation(viewer_in(request), pk)
    messages.success(request, _("%(name)s is closed.") % {"name": body.name})
    return redirect(line_address(body.area))


def found_organisation(request: HttpRequest, pk: int) -> Organisation:
    """Return an open organisation that the viewer may change."""
    found = open_organisation(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def carried_out(request: HttpRequest, form: forms.Form, command: Callable[[], object]) -> bool:
    """Carry out what a valid form asks; what a rule refuses is said beside its field."""
    if request.method != "POST" or not form.is_bound or not form.is_valid():
        return False
    try:
        command()
    except ValidationError as error:
        known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if known else ValidationError(error.messages))
        return False
    return True


def line_address(area: Area) -> str:
    """Return the page of the line that holds this area."""
    street = f"?street={area.street.code}" if area.street else ""
    return reverse("redline:line") + street
