"""Pages on which the office sees and keeps what is booked at a point (R13)."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..models import Offer
from ..points.queries import PointDetail, point_kept
from . import commands
from .forms import GroupBookingForm, RulesForm, SpanForm, WhyForm
from .queries import Bookable, bookable, booked_at


@require_GET
@staff_page("service_point.edit")
def bookings(request: HttpRequest, pk: int) -> HttpResponse:
    """List what is booked at a point, by day."""
    return _listed(request, _found(request, pk))


@require_http_methods(["GET", "POST"])
@staff_page("service_point.edit")
def rules(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Say how something on offer is booked."""
    found, row = _found(request, pk), Offer.objects.filter(pk=offer, point=pk, ended_on=None).first()
    if row is None or found.point.ended_on:
        raise Http404
    form = RulesForm(request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        commands.set_rules(viewer_in(request), pk, offer, form.rules())
        messages.success(request, _("Residents can book it now."))
        return redirect("service_points:point", pk)
    shown = {"form": form, "point": found.point, "offer": row}
    return render(request, "service_points/rules.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("service_point.edit")
def unbook(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Let something be booked no longer; what is booked already is cancelled, once it is said twice."""
    _found(request, pk)
    agreed = "cancel" in request.POST
    try:
        commands.set_rules(viewer_in(request), pk, offer, None, cancel=agreed)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        return _rules_refused(request, pk, offer, error)
    messages.success(request, _("It can no longer be booked."))
    return redirect("service_points:point", pk)


@require_http_methods(["GET", "POST"])
@staff_page("service_point.edit")
def book(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Book something for a group."""
    point, found = _found(request, pk).point, bookable(pk, offer)
    if found is None:
        raise Http404
    form = GroupBookingForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.book_for_group(
                viewer_in(request), pk, offer, form.given(), form.cleaned_data["group_name"]
            )
        except ValidationError as error:
            add_errors(form, error)
            found = bookable(pk, offer) or found
        else:
            messages.success(request, _("It is booked."))
            return redirect("service_points:bookings", pk)
    shown = {"form": form, "point": point, **days_shown(found, request)}
    return render(request, "service_points/book.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("service_point.edit")
def came(request: HttpRequest, pk: int, booking: int) -> HttpResponse:
    """Note that somebody has come."""
    return _done(request, pk, lambda: commands.came(viewer_in(request), pk, booking))


@require_POST
@staff_page("service_point.edit")
def missed(request: HttpRequest, pk: int, booking: int) -> HttpResponse:
    """Note that nobody has come."""
    return _done(request, pk, lambda: commands.missed(viewer_in(request), pk, booking))


@require_POST
@staff_page("service_point.edit")
def cancel(request: HttpRequest, pk: int, booking: int) -> HttpResponse:
    """Cancel a booking, with a reason."""
    found, form = _found(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        return _listed(request, found, why=(booking, form))
    given = form.cleaned_data["why"]
    return _done(request, pk, lambda: commands.cancel(viewer_in(request), pk, booking, given))


@require_POST
@staff_page("service_point.edit")
def phone(request: HttpRequest, pk: int, booking: int) -> HttpResponse:
    """Open the telephone of whoever booked; it stands on this one answer, and on record."""
    found = _found(request, pk)
    try:
        number = commands.open_phone(viewer_in(request), pk, booking)
    except PermissionDenied as error:
        raise Http404 from error
    return _listed(request, found, opened=(booking, number))


def days_shown(found: Bookable, request: HttpRequest) -> dict[str, object]:
    """Return the days ahead and the one that is chosen: the first with something free, if none is."""
    asked = request.POST.get("begin", "")[:10] or request.GET.get("day", "")
    open_days = [day for day in found.days if day.slots or day.reason]
    chosen = next((day for day in open_days if day.day.isoformat() == asked), None)
    chosen = chosen or next((day for day in open_days if day.free), None)
    return {"offer": found, "days": open_days, "chosen": chosen, "begun": request.POST.get("begin", "")}


def _done(request: HttpRequest, pk: int, act: Callable[[], None]) -> HttpResponse:
    _found(request, pk)
    try:
        act()
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done."))
    answer = redirect("service_points:bookings", pk)
    if asked := request.POST.get("span", ""):
        answer["Location"] += f"?{_span(asked)}"
    return answer


def _span(asked: str) -> str:
    """Return the days of a list as they stand in its address; nothing for what is no day."""
    try:
        return f"day={date.fromisoformat(asked)}&days=1"
    except ValueError:
        return ""


def _found(request: HttpRequest, pk: int) -> PointDetail:
    found = point_kept(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _rules_refused(request: HttpRequest, pk: int, offer: int, error: ValidationError) -> HttpResponse:
    found, row = _found(request, pk), Offer.objects.get(pk=offer)
    shown = {"form": RulesForm(None, row), "point": found.point, "offer": row, "hit": error.messages}
    return render(request, "service_points/rules.html", shown, status=422)


def _listed(
    request: HttpRequest,
    found: PointDetail,
    opened: tuple[int, str] = (0, ""),
    why: tuple[int, WhyForm] | None = None,
) -> HttpResponse:
    form = SpanForm(request.GET)
    first, count = form.wanted()
    shown = {
        "form": SpanForm({"day": first, "days": str(count)}),
        "point": found.point,
        "offers": [one for one in found.offers if one.slot_minutes],
        "days": booked_at(viewer_in(request), found.point.pk, first, count),
        "opened": opened,
        "refused": why,
        "why": WhyForm(auto_id=False),
        "span": first if count == 1 else "",
    }
    return render(request, "service_points/bookings.html", shown, status=422 if why else 200)
