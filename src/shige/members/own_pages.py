"""Pages of whoever was invited: declare, and behind the own link see, change and withdraw everything (P5)."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.trust.commands.throttle import note_failure, waits
from shige.trust.forms import add_errors
from shige.trust.origin import network_of
from shige.trust.page_access import PUBLIC_ACCESS, View, viewer_in
from shige.trust.telephone_field import shown

from . import commands, queries, service
from .calls import Call, open_calls
from .forms import ChangeForm, DeclarationForm, HomeForm, HoursForm
from .pages import drawn
from .rules import WAITS, grids_of, homes

GUESSED = "a link of the members' register"


def own_page(view: View) -> View:
    """Declare a page of whoever declares: closed in a session of staff."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if viewer_in(request).person is not None:
            return render(request, "members/at_work.html", status=403)
        return view(request, *args, **kwargs)

    guarded.access = PUBLIC_ACCESS  # type: ignore[attr-defined]
    return guarded


@require_http_methods(["GET", "POST"])
@own_page
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is kept and why, and take a declaration in by an invitation."""
    sent = request.POST if request.method == "POST" else None
    if sent and (known := queries.sent_before(sent.get("form", ""))):
        return redirect("members:own", known)
    standing = queries.invited(code)
    if standing is None:
        return _unknown(request)
    form = DeclarationForm(grids_of(standing), sent)
    if form.is_valid():
        try:
            own_code = commands.declare(code, form.declaration(), form.cleaned_data["form"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Thank you. Your declaration was taken in. Keep this page's link."))
            return redirect("members:own", own_code)
    page = {"form": form, "standing": standing, "days": WAITS.days}
    return render(request, "members/join.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@own_page
def report_home(request: HttpRequest) -> HttpResponse:
    """Ask where somebody lives who works elsewhere, and take the declaration in without an invitation."""
    known = homes()
    code = request.GET.get("community", "")
    standing = known.get(code)
    choices = [(one, row.area.community.name) for one, row in known.items() if row.area.community]
    if standing is None:
        return render(request, "members/report_home.html", {"choices": choices})
    form = HomeForm(grids_of(standing), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            own_code = commands.report_home(code, form.declaration(), form.cleaned_data["form"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Thank you. Your declaration was taken in. Keep this page's link."))
            return redirect("members:own", own_code)
    page = {"form": form, "standing": standing, "choices": choices, "code": code}
    return render(request, "members/report_home.html", page, status=422 if form.errors else 200)


@require_GET
@own_page
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that is held, and who has looked at it."""
    return _shown(request, code)


@require_POST
@own_page
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the own entry."""
    found = queries.own_entry(code)
    if found is None:
        return _unknown(request)
    form = ChangeForm(grids_of(found.standing), request.POST)
    if form.is_valid() and _done(form, lambda: commands.change(code, form.declaration())):
        messages.success(request, _("The change is kept."))
        return redirect("members:own", code)
    return _shown(request, code, change_form=form)


@require_POST
@own_page
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the own entry out of the register."""
    try:
        commands.withdraw(code)
    except PermissionDenied:
        return _unknown(request)
    return redirect("members:left")


@require_POST
@own_page
def hours(request: HttpRequest, code: str) -> HttpResponse:
    """Note hours of service given."""
    found = queries.own_entry(code)
    if found is None:
        return _unknown(request)
    form = HoursForm([task.words for task in found.tasks], request.POST)
    if form.is_valid() and _done(form, lambda: service.note_hours(code, **form.cleaned_data)):
        messages.success(request, _("The hours are noted. Thank you."))
        return redirect("members:own", code)
    return _shown(request, code, hours_form=form)


@require_POST
@own_page
def undo(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """Take hours back that were noted."""
    return _pressed(request, code, lambda: service.undo_hours(code, key), _("These hours are taken back."))


@require_POST
@own_page
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the own entry for its whole time anew."""
    return _pressed(request, code, lambda: commands.renew(code), _("It is kept for two more years."))


@require_POST
@own_page
def take_on(request: HttpRequest, code: str) -> HttpResponse:
    """Offer to take on a wish through the organisation."""
    said = _("Thank you. Your organisation is told, and calls you.")
    return _pressed(request, code, lambda: service.take_on(code, request.POST.get("call", "")), said)


@require_GET
@own_page
def left(request: HttpRequest) -> HttpResponse:
    """Say that nothing personal is kept any more."""
    return render(request, "members/left.html")


def _pressed(request: HttpRequest, code: str, act: Callable[[], None], said: str) -> HttpResponse:
    """Do what a single press asks, and say that it was done, or why not."""
    try:
        act()
    except PermissionDenied:
        return _unknown(request)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("members:own", code)


def _done(form: Form, act: Callable[[], None]) -> bool:
    """Do what a form asks, and say whether it was done; what a rule refuses is said beside its field."""
    try:
        act()
    except ValidationError as error:
        add_errors(form, error)
        return False
    except PermissionDenied as error:
        raise Http404 from error
    return True


def _shown(
    request: HttpRequest,
    code: str,
    *,
    change_form: ChangeForm | None = None,
    hours_form: HoursForm | None = None,
) -> HttpResponse:
    found = queries.own_entry(code)
    if found is None:
        return _unknown(request)
    contact, row = found.contact, found.row
    kept = {
        "name": contact.name,
        "phone": shown(contact.phone),
        "party": "yes" if row.party else "no",
        "grid": found.grid_code,
        "offers": found.offers,
        "words": contact.words,
        "monthly": row.monthly,
        "reports_home": row.reports_home,
        "ready": row.ready,
    }
    address = request.build_absolute_uri(reverse("members:own", args=[code]))
    page = {
        "code": code,
        "found": found,
        "row": row,
        "address": address,
        "picture": drawn(address),
        "held": row.state in ("declared", "confirmed"),
        "confirmed": row.state == "confirmed",
        "form": change_form or ChangeForm(grids_of(found.standing), initial=kept),
        "changing": change_form is not None,
        "hours_form": hours_form or HoursForm([task.words for task in found.tasks]),
        "calls": _calls(found) if row.state == "confirmed" else [],
    }
    return render(request, "members/own.html", page, status=422 if change_form or hours_form else 200)


def _calls(found: queries.OwnEntry) -> list[Call]:
    """Return what is open in the community of an entry, less what it offered to take on."""
    taken = {task.words for task in found.tasks}
    calls = open_calls([found.community]) if found.community else []
    return [call for call in calls if call.words not in taken]


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere any more; whoever tries one after the other has to wait."""
    address = network_of(request)
    wait = waits(address, GUESSED)
    note_failure(address, GUESSED)
    answer = render(request, "members/unknown.html", {"wait": wait}, status=429 if wait else 404)
    if wait:
        answer["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return answer
