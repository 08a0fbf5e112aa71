"""The record of a mediation on a dispute's page, its printed agreement and the committee's file (R24)."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shige.matters import clock
from shige.matters.categories import category_name
from shige.matters.handling.forms import RevealForm
from shige.matters.handling.pages.matter import shown
from shige.matters.models import Matter
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.veil import unveiled

from .disclosure import OpenedRecord, reveal_mediation
from .entries import SAVES, TICKS
from .panel import forms_of
from .queries import SIDES, Record, dispute_seen


@require_POST
@staff_page("matter.handle")
def mediate(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Add an entry to the record, or open what is sealed of it."""
    _matter, record = _found(request, number)
    if what == "open":
        return _open(request, number)
    if what in TICKS:
        return _tick(request, number, what)
    if what not in SAVES:
        raise Http404
    form = forms_of(record, request.POST, what)[what]
    if form.is_valid():
        try:
            SAVES[what](viewer_in(request), number, form)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("matters:matter", number)
    return shown(request, number, failed=form, action=f"mediation_{what}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_page("matter.handle")
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    """Print the agreement: who the parties are and what they agree opens with a reason, on record."""
    return _printed(request, number, "disputes/mediation_agreement.html")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_page("matter.handle")
def committee_file(request: HttpRequest, number: str) -> HttpResponse:
    """Print the file for the mediation committee; it has no words of the parties."""
    return _printed(request, number, "disputes/mediation_file.html")


def _found(request: HttpRequest, number: str) -> tuple[Matter, Record]:
    found = dispute_seen(viewer_in(request), number)
    if found is None:
        raise Http404
    return found


def _open(request: HttpRequest, number: str) -> HttpResponse:
    form = RevealForm(request.POST, auto_id="id_mediation_%s")
    if form.is_valid():
        try:
            found = reveal_mediation(viewer_in(request), number, form.cleaned_data["reason"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _unkept(shown(request, number, opened={"mediation": _labelled(found)}))
    return shown(request, number, failed=form, action="reveal_mediation")


def _tick(request: HttpRequest, number: str, what: str) -> HttpResponse:
    try:
        chosen = int(unveiled("key", request.POST.get("pk", "")))
        TICKS[what](viewer_in(request), number, chosen)
    except (ValueError, PermissionDenied) as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:matter", number)


def _printed(request: HttpRequest, number: str, template: str) -> HttpResponse:
    matter, record = _found(request, number)
    form = RevealForm(request.POST or None)
    opened: OpenedRecord | None = None
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            opened = _labelled(reveal_mediation(viewer_in(request), number, reason, notes=False))
        except ValidationError as error:
            add_errors(form, error)
    content = {"matter": matter, "record": record, "form": form, "opened": opened}
    content |= {"category": category_name(matter.category), "today": localtime(clock.now())}
    return render(request, template, content, status=422 if form.errors else 200)


def _labelled(found: OpenedRecord) -> OpenedRecord:
    return replace(found, parties=tuple(replace(one, side=str(SIDES[one.side])) for one in found.parties))


def _unkept(response: HttpResponse) -> HttpResponse:
    """Keep the browser from keeping a page with personal data."""
    add_never_cache_headers(response)
    return response
