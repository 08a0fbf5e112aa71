"""Pages of an organisation's life: founding one, its history, and what can be done with it."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.gate import require
from shige.trust.page_access import staff_page, viewer_in

from ..models import Standing
from . import commands
from .acts import Act, acts_for
from .checks import day_name
from .forms import DecisionForm, founding_form
from .queries import last_standing, life_of, parent_of
from .reversals import is_to_come

ADJUSTMENT: Final = "adjustment"
"""In an address: from the page of proposals, to which one returns."""


@require_http_methods(["GET", "POST"])
@staff_page("redline.edit")
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Found an organisation for a grid, or one without a grid in a street or community."""
    viewer = viewer_in(request)
    area = get_object_or_404(Area, code=code)
    require(viewer, "redline.edit", lineage_of(area))
    form = founding_form(viewer, area, request.POST or None)
    form.fill_in(request.GET)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = commands.found(
                viewer, given["name"], given["kind"], area.pk, given["above"], given.get("overseer"),
                form.decision(),
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, founded_words(made))
            return redirect(back_address(request, area))
    shown = {"form": form, "area": area, "back": back_address(request, area)}
    return render(request, "redline/add.html", shown, status=422 if form.errors else 200)


@require_GET
@staff_page("redline.edit")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one organisation with its history and what can be done with it."""
    return _shown(request, found_organisation(request, pk))


@require_POST
@staff_page("redline.edit")
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Carry out what a form of the page asks; what a rule refuses is said beside its field."""
    viewer, body = viewer_in(request), found_organisation(request, pk)
    chosen = next((one for one in acts_for(viewer, body) if one.code == act), None)
    if chosen is None:
        raise Http404
    form = chosen.form(viewer, body, request.POST)
    if form.is_valid():
        try:
            chosen.carry_out(viewer, pk, form.cleaned_data, form.decision())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The change is kept."))
            if request.GET.get("from") == ADJUSTMENT or last_standing(viewer, pk) is None:
                return redirect(back_address(request, body.area))
            return redirect("redline:organisation", pk)
    return _shown(request, body, (chosen, form))


def found_organisation(request: HttpRequest, pk: int) -> Standing:
    """Return the last standing of an organisation that the viewer may change."""
    found = last_standing(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def founded_words(made: Standing) -> str:
    """Say that an organisation is founded, or from which day on it will be."""
    if is_to_come(made):
        said = _("%(name)s is founded from %(day)s on; until then the grid has none.")
        return said % {"name": made.name, "day": day_name(made.valid.lower)}
    said = _("%(name)s is tied to its grid.") if made.tied else _("%(name)s is founded.")
    return said % {"name": made.name}


def line_address(area: Area) -> str:
    """Return the page of the line that holds this area."""
    street = f"?street={area.street.code}" if area.street else ""
    return reverse("redline:line") + street


def back_address(request: HttpRequest, area: Area) -> str:
    """Return the page from which somebody came: what is proposed for the street, else the line."""
    if request.GET.get("from") == ADJUSTMENT and area.street:
        return f"{reverse('redline:adjustment')}?area={area.street.code}"
    return line_address(area)


def _shown(
    request: HttpRequest, body: Standing, failed: tuple[Act, DecisionForm] | None = None
) -> HttpResponse:
    viewer = viewer_in(request)
    offered: list[dict[str, Any]] = []
    for one in acts_for(viewer, body):
        form = failed[1] if failed and failed[0] is one else one.form(viewer, body, None)
        asked = request.GET.get("act") == one.code
        if asked:
            form.fill_in(request.GET)
        offered.append({"act": one, "form": form, "advice": list(one.advice(body)), "asked": asked})
    shown = {
        "body": body,
        "above": parent_of(body),
        "life": life_of(viewer, body),
        "acts": offered,
        "back": back_address(request, body.area),
        "came": f"?from={ADJUSTMENT}" if request.GET.get("from") == ADJUSTMENT else "",
    }
    return render(request, "redline/organisation.html", shown, status=422 if failed else 200)
