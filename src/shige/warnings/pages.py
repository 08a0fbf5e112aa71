"""The desk of warnings ahead (事前提示): what is proposed today, what stands, what came of it (R25)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.matters.categories import group_name
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in

from .commands.warning import dismiss_proposal, send_warning, withdraw_warning
from .commands.weather import enter_signal, lift_signal
from .forms import SignalForm, WarningForm
from .models import SentWarning
from .queries.in_force import (
    dismissed_in,
    offices_of,
    outcome_of,
    over_seen,
    standing_seen,
    stands,
    warnings_seen,
)
from .queries.proposals import proposals_for, signals_over, weather_name


@require_GET
@staff_page("matter.see")
def desk(request: HttpRequest) -> HttpResponse:
    """Show what is proposed for the own office today; to field workers what stands in their grids."""
    viewer = viewer_in(request)
    offices = offices_of(viewer)
    shown: dict[str, object] = {
        "offices": offices,
        "standing": standing_seen(viewer),
        "over": over_seen(viewer),
    }
    if offices:
        office = _office(request, offices)
        shown |= {"office": office, "proposals": proposals_for(viewer, office)}
        shown |= {"signals": [(weather_name(s.kind, s.colour), s) for s in signals_over(office)]}
        shown |= {"dismissed": dismissed_in(office)}
    return render(request, "warnings/desk.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page("warning.send")
def send(request: HttpRequest) -> HttpResponse:
    """Edit a proposal (``?key=``), or words of one's own, and send it."""
    viewer, key = viewer_in(request), request.GET.get("key", "")
    office = _office(request, offices_of(viewer))
    proposal = next((one for one in proposals_for(viewer, office) if one.key == key), None)
    if key and proposal is None:
        messages.error(request, _("This proposal was sent or put aside already."))
        return redirect(_desk(office))
    form = WarningForm(office, proposal, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_warning(viewer, office, form.given(key))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The warning is sent."))
            return redirect("warnings:one", sent.pk)
    shown = {"form": form, "office": office, "proposal": proposal, "back": _desk(office)}
    return render(request, "warnings/send.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("warning.send")
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put a proposal aside, with the reason."""
    viewer, given = viewer_in(request), request.POST
    office = _office(request, offices_of(viewer))
    try:
        dismiss_proposal(viewer, office, given.get("key", ""), given.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is put aside, with your reason."))
    return redirect(_desk(office))


@require_GET
@staff_page("matter.see")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one warning: its words, whom it reached in counts, and once it is over what came in."""
    viewer = viewer_in(request)
    found = get_object_or_404(warnings_seen(viewer).select_related("area", "post", "person"), pk=pk)
    standing = stands(found)
    shown = {
        "warning": found,
        "areas": found.areas.order_by("code"),
        "categories": [group_name(code) for code in found.categories],
        "standing": standing,
        "may_withdraw": standing and may(viewer, "warning.send", lineage_of(found.area)),
        "outcome": outcome_of(viewer, found),
    }
    return render(request, "warnings/one.html", shown)


@require_POST
@staff_page("warning.send")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a warning back."""
    get_object_or_404(SentWarning.objects.filter(pk__in=warnings_seen(viewer_in(request))), pk=pk)
    try:
        withdraw_warning(viewer_in(request), pk)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The warning is withdrawn."))
    return redirect("warnings:one", pk)


@require_http_methods(["GET", "POST"])
@staff_page("warning.send")
def weather(request: HttpRequest) -> HttpResponse:
    """Enter a weather signal by hand."""
    viewer = viewer_in(request)
    office = _office(request, offices_of(viewer))
    form = SignalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_signal(viewer, office, form.given())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The signal is entered; a warning is proposed."))
            return redirect(_desk(office))
    shown = {"form": form, "office": office, "back": _desk(office)}
    return render(request, "warnings/weather.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("warning.send")
def lift_weather(request: HttpRequest, pk: int) -> HttpResponse:
    """End a weather signal before its time."""
    try:
        lift_signal(viewer_in(request), pk)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("The signal is lifted."))
    return redirect("warnings:desk")


def _office(request: HttpRequest, offices: list[Area]) -> Area:
    """Return the own office that the address names, else the widest one; Http404 for any other."""
    code = request.GET.get("area", "")
    office = next((area for area in offices if code in ("", area.code)), None)
    if office is None:
        raise Http404
    return office


def _desk(office: Area) -> str:
    return f"{reverse('warnings:desk')}?area={office.code}"
