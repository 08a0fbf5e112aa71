"""Desks of disputes: the daily list by grid, and the month in sum (R25, R27)."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from .mediation.daily import WANTED, daily_of
from .mediation.forms import MonthForm
from .month.commands import write_month
from .month.queries import Month, month_of, months_back, summed_areas
from .plans.queries import plans_due


@require_GET
@staff_page("matter.dispatch")
def disputes(request: HttpRequest) -> HttpResponse:
    """List the open disputes of the own area by grid, and the claims of groups with their plans."""
    viewer = viewer_in(request)
    areas = summed_areas(viewer)
    area = next((one for one in areas if one.code == request.GET.get("area")), None)
    wanted = request.GET.get("show", "")
    daily = daily_of(viewer, area, wanted if wanted in WANTED else "open")
    content = {"daily": daily, "plans": plans_due(viewer), "areas": areas, "area": area}
    content["here"] = f"&area={area.code}#grids" if area else "#grids"
    return render(request, "disputes/list.html", content)


@require_http_methods(["GET", "POST"])
@staff_page("figures.see")
def month(request: HttpRequest) -> HttpResponse:
    """Show a month's disputes in sum; whoever dispatches there writes what it has taught."""
    areas = summed_areas(viewer_in(request))
    area = next((one for one in areas if one.code == request.GET.get("area")), areas[0] if areas else None)
    if area is None:
        return render(request, "disputes/month.html", {"areas": []})
    months = months_back()
    first = next((day for day in months if f"{day:%Y-%m}" == request.GET.get("month")), months[0])
    found = month_of(viewer_in(request), area, first)
    form = _form(found, request)
    if request.method == "POST" and form.is_valid() and _written(request, form, area, first):
        return redirect(f"{reverse('disputes:month')}?area={area.code}&month={first:%Y-%m}")
    content = {"found": found, "form": form, "areas": areas, "area": area, "months": months}
    return render(request, "disputes/month.html", content, status=422 if form.errors else 200)


def _form(found: Month, request: HttpRequest) -> MonthForm:
    before = (
        {"experience": found.text.experience, "shortcomings": found.text.shortcomings} if found.text else {}
    )
    return MonthForm(request.POST if request.method == "POST" else None, initial=before)


def _written(request: HttpRequest, form: MonthForm, area: Area, first: date) -> bool:
    given = form.cleaned_data
    try:
        write_month(viewer_in(request), area, first, given["experience"], given["shortcomings"])
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, _("The month's text is saved."))
    return True
