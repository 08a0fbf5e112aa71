"""The counter (窗口登记): a matter is registered for a resident, as found, or out of a note (P2)."""

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shige.files.desk import done_with, file_field, files_of
from shige.matters.assignment.offices import office_of
from shige.matters.danger.detectors import hear
from shige.matters.filing.commands.relay import in_the_field, refused_here, register_found, relay_matter
from shige.matters.handling.queries.detail import sees
from shige.matters.report import Filed, Place, Report
from shige.matters.tracking.queries import title_of
from shige.matters.workflow.workflows import workflow_of
from shige.opinions.commands import raise_matter
from shige.opinions.queries.notes import OpinionDetail, opinion_detail
from shige.opinions.rules import RAISE
from shige.profile import Emergency
from shige.territory.places.location import middle_of
from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.veil import unveiled

from ..calls import advice, call_for
from ..ground import pin_config
from ..qr import drawn
from ..resident.heard import heard_in
from ..whereabouts import looked_for, spot_of
from .forms import CounterForm

CALLED, NO_EMERGENCY = "called", "none"
"""What is answered once the emergency number was shown (P4)."""


@require_http_methods(["GET", "POST"])
@never_cache
@staff_page("matter.relay")
def counter(request: HttpRequest) -> HttpResponse:
    """Register a matter for somebody, with their consent; ``?note=`` is an opinion note that becomes one."""
    note = _note(request)
    if note is not None and all(row.action != RAISE for row in note.actions):
        return redirect("opinions:one", note.row.key)  # sent twice: it is a matter already
    return _register(request, note)


@require_http_methods(["GET", "POST"])
@never_cache
@staff_page("matter.relay")
def found(request: HttpRequest) -> HttpResponse:
    """Register what somebody at work saw on a round (R39)."""
    return _register(request, None, found=True)


def _register(request: HttpRequest, note: OpinionDetail | None, *, found: bool = False) -> HttpResponse:
    form = _form(request, note, of_person=note is None and not found)
    danger = _danger(request)
    if form.is_bound and form.is_valid() and danger is None:
        filed = _filed(request, form, note, found=found)
        if filed is not None:
            done_with(request)
        if filed is not None and found:
            return _noted(request, filed)
        if filed is not None:
            return _receipt(request, filed) if note is None else _raised(request, filed, note)
    return _shown(request, form, note, danger, found=found)


def _note(request: HttpRequest) -> OpinionDetail | None:
    """Return the note that is turned into a matter, if one is named; 404 where this viewer may not."""
    if not (named := request.GET.get("note")):
        return None
    try:
        found = opinion_detail(viewer_in(request), int(unveiled("key", named)))
    except ValueError:
        raise Http404 from None
    if found is None or not found.actions:
        raise Http404
    return found


def _form(request: HttpRequest, note: OpinionDetail | None, *, of_person: bool) -> CounterForm:
    initial: dict[str, Any] = {"key": secrets.token_urlsafe(18)}
    if note is not None:
        initial["words"] = note.row.words
        initial["lon"], initial["lat"] = middle_of(note.code) or (None, None)
    data = request.POST if request.method == "POST" else None
    return CounterForm(data, initial=initial, of_person=of_person, of_note=note is not None)


def _danger(request: HttpRequest) -> Emergency | None:
    """Return the emergency of which the words speak and that nobody has answered for yet (P4)."""
    if request.method != "POST" or _answer(request) in (CALLED, NO_EMERGENCY):
        return None
    return hear(request.POST.get("words", "")).first


def _answer(request: HttpRequest) -> str:
    """Return what was answered to an alarm, as long as the words are those that raised it (P4)."""
    heard, words = (request.POST.get(name, "").split() for name in ("heard", "words"))
    return request.POST.get("emergency", "") if heard == words else ""


def _filed(
    request: HttpRequest, form: CounterForm, note: OpinionDetail | None, *, found: bool
) -> Filed | None:
    """File the matter; what is refused is said on the form."""
    viewer = viewer_in(request)
    try:
        report = _report(request, form)
        if note is not None:
            return raise_matter(viewer, note.row.key, report)
        return register_found(viewer, report) if found else relay_matter(viewer, report)
    except ValidationError as error:
        add_errors(form, error)
        return None


def _report(request: HttpRequest, form: CounterForm) -> Report:
    given = form.cleaned_data
    return Report(
        words=given["words"],
        place=Place(**spot_of(given)),
        category=given["other"] or given["category"] or None,
        name=given.get("name", ""),
        phone=given.get("phone", ""),
        key=given["key"],
        callback=given.get("callback", ""),
        answers=replace(form.answers, no_emergency=_answer(request) == NO_EMERGENCY),
        consent=given.get("consent", False),
        attachments=files_of(request),
    )


def _shown(
    request: HttpRequest,
    form: CounterForm,
    note: OpinionDetail | None,
    danger: Emergency | None,
    *,
    found: bool,
) -> HttpResponse:
    given = form.cleaned_data if form.is_bound else form.initial
    query = request.POST.get("q", "")
    shown = {
        "form": form,
        "note": note,
        "refused": refused_here(viewer_in(request)),
        "own_phone": request.build_absolute_uri(reverse("channels:report")),
        "found_here": found,
        **file_field(request),
        "danger": {"calls": call_for(danger), "advice": advice(danger)} if danger else None,
        "decides": found or not in_the_field(viewer_in(request)),
        "answered": _answer(request),
        "heard": heard_in(str(form["words"].value() or ""), dismissed=_answer(request) == NO_EMERGENCY),
        "picked": given.get("category", ""),
        **looked_for(query),
        "chosen": given.get("building") or given.get("named"),
        "as_written": given.get("as_written"),
        "lon": given.get("lon"),
        "lat": given.get("lat"),
        "config": pin_config(given.get("lon"), given.get("lat")),
    }
    shown["own_picture"] = drawn(shown["own_phone"]) if shown["refused"] else ""
    return render(request, "channels/counter.html", shown, status=422 if form.is_bound else 200)


def _receipt(request: HttpRequest, filed: Filed) -> HttpResponse:
    """Show what the person takes away; loading the page again sends the same form and shows the same code."""
    address = request.build_absolute_uri(reverse("channels:tracking", args=[filed.tracking_code]))
    shown = {
        "filed": filed,
        "title": title_of(filed.matter),
        "matter": filed.matter,
        "sees": sees(viewer_in(request), filed.matter.number),
        "calls": call_for(filed.emergency) if filed.emergency else None,
        "why": advice(filed.emergency) if filed.emergency else "",
        "address": address,
        "picture": drawn(address),
        "office": office_of(filed.matter.owner),
        "timed": workflow_of(filed.matter.kind).timed,
    }
    return render(request, "channels/counter_receipt.html", shown)


def _noted(request: HttpRequest, filed: Filed) -> HttpResponse:
    said = _("Registered as %(number)s; %(office)s is in charge.")
    messages.success(request, said % {"number": filed.matter.number, "office": filed.answering.office})
    seen = sees(viewer_in(request), filed.matter.number)
    return redirect("matters:matter", filed.matter.number) if seen else redirect("matters:registered")


def _raised(request: HttpRequest, filed: Filed, note: OpinionDetail) -> HttpResponse:
    messages.success(
        request, _("The note was turned into the matter %(number)s.") % {"number": filed.matter.number}
    )
    return redirect("opinions:one", note.row.key)
