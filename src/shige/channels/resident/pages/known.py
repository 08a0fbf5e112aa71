"""What is known already at the place, before a report is sent: join it, or report all the same (R25)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shige.matters.neighbours.commands import join, joining_form, leave, leave_phone
from shige.matters.neighbours.queries.known import Known, known_nearby
from shige.trust.gate import PUBLIC
from shige.trust.jurisdiction import profile
from shige.trust.page_access import public_page

from ...rates import address_of, count_request
from ..device import forget
from ..drafts import STEPS, ReportDraft, draft_in, finish, forget_receipt, leading_to
from ..forms.report import PhoneForm
from ..readback import followed
from .danger import is_discreet, is_sealed
from .receipt import receipt_of, receipt_once_more
from .tracking import shown_behind


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
@followed
@transaction.atomic
def known(request: HttpRequest) -> HttpResponse:
    """Show what neighbours may see of the same kind nearby; join one, or go on."""
    draft = draft_in(request, hold=request.method == "POST")
    if draft.receipt is not None:
        return receipt_once_more(request, draft)
    if not (draft.words and draft.placed):
        return redirect(leading_to("channels:place" if draft.words else "channels:report", draft))
    if speaks_of_danger(draft):
        return redirect(leading_to("channels:emergency", draft))
    if is_sealed(draft):
        return redirect(leading_to("channels:contact", draft))
    if request.method == "POST":
        return _joined(request, draft)
    found = found_for(draft)
    if not found:
        return redirect(leading_to("channels:contact", draft))
    return render(
        request,
        "channels/known.html",
        {"known": found, "few": profile().suppress_under, "step": 2, "steps": STEPS, "draft": draft},
    )


@require_POST
@public_page
def told(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the telephone of whoever joined, or forget it."""
    form = PhoneForm(request.POST)
    count_request("address", address_of(request))
    if not form.is_valid():
        return shown_behind(request, code, phone_form=form)
    try:
        leave_phone(PUBLIC, code, form.cleaned_data["phone"])
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("Thank you. It has been noted."))
    return redirect("channels:tracking", code=code)


@require_POST
@public_page
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop following what one joined."""
    try:
        count_request("address", address_of(request))
        leave(PUBLIC, code)
    except PermissionDenied as error:
        raise Http404 from error
    answer = redirect("channels:mine")
    forget(request, answer, code)
    forget_receipt(request, code)
    messages.success(request, _("You no longer follow it; code and telephone are forgotten."))
    return answer


def after_place(draft: ReportDraft) -> str:
    """Return the screen after the place: what is known there already, if there is anything."""
    return "channels:known" if not speaks_of_danger(draft) and found_for(draft) else "channels:contact"


def found_for(draft: ReportDraft) -> list[Known]:
    """Return what is known of the draft's category at its place; nothing beside what is sealed (P3, P4)."""
    return [] if is_sealed(draft) else known_nearby(draft.category, draft.place)


def speaks_of_danger(draft: ReportDraft) -> bool:
    """Say whether the words speak of an emergency that its screen has not asked about yet (P4)."""
    return not draft.answered_alarm and bool(draft.heard.emergencies)


def _joined(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Join, with one's own words unless they are held back, and lead to the page that the new code opens."""
    reference = request.POST.get("join", "")
    try:
        count_request("address", address_of(request))
        words = draft.words if "tell" in request.POST else ""
        join(PUBLIC, draft.category, draft.place, reference, draft.key, words)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(leading_to("channels:known", draft))
    messages.success(request, _("You have joined. Note the code down to follow it."))
    form = joining_form(draft.key, reference)
    return receipt_of(request, finish(request, draft, form, saved=not is_discreet(draft)))
