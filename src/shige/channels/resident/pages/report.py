"""A report in four screens: words, category, place, contact; the draft survives every error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shige.language.alone import told_alone
from shige.language.masking import withheld
from shige.matters.categories import as_chosen
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.resubmission import form_of
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.known_devices import worker_in
from shige.trust.page_access import public_page
from shige.trust.telephone_field import found_telephone

from ...rates import TooOftenError, address_of, count_each
from ...spoken import switched, switches
from ...whereabouts import whereabouts_of
from ..draft_files import read_thumbnail
from ..drafts import STEPS, ReportDraft, draft_in, finish, keep, leading_to
from ..forms.report import ContactForm
from ..heard import all_categories, is_category, is_wish, likely, name_of
from ..readback import followed, is_read_back
from .danger import is_discreet, is_sealed, next_screen, warned_of
from .receipt import receipt_of, receipt_once_more

FORM_METHODS = ["GET", "POST"]

CHANGED_AT: Final = {"place": "channels:place", "words": "channels:report", "about": "channels:sort"}
"""Where each part of the last screen is changed."""

CONTACT: Final = {"name": 60, "phone": 60, "callback": 200}
"""What is typed of who reports, and how much of it is kept while the report is written."""


@require_http_methods(FORM_METHODS)
@never_cache
@public_page
@followed
def sort(request: HttpRequest) -> HttpResponse:
    """Ask which category it is: the likeliest three, then all."""
    draft = draft_in(request)
    if not draft.words:
        return redirect(leading_to("channels:report", draft))
    error = ""
    if request.method == "POST":
        code = as_chosen(request.POST.get("category", "")) or ""
        if is_category(code):
            draft = keep(request, draft, category=code)
            return redirect(leading_to(next_screen(draft), draft))
        error = _("Please choose what fits best.")
    shown = {"tops": all_categories(), "chosen": draft.category, "error": error} | likely(
        draft.words, dismissed=draft.no_emergency
    )
    shown |= {"step": 1, "steps": STEPS, "draft": draft}
    return render(request, "channels/sort.html", shown, status=422 if error else 200)


@require_http_methods(FORM_METHODS)
@never_cache
@public_page
@followed
@transaction.atomic
def contact(request: HttpRequest) -> HttpResponse:
    """Show everything once more, each part to be changed, and ask who reports, or nobody; then file."""
    draft = draft_in(request, hold=request.method == "POST")
    if draft.receipt is not None:  # pressed twice it is the same receipt, from another tab that is said
        return receipt_of(request, draft) if request.method == "POST" else receipt_once_more(request, draft)
    if not (draft.words and draft.placed):
        return redirect(leading_to("channels:place" if draft.words else "channels:report", draft))
    if switches(request):
        draft = keep(request, draft, **contact_in(request.POST))
        return switched(request, leading_to("channels:contact", draft))
    if request.POST.get("change") in CHANGED_AT:
        keep(request, draft, **contact_in(request.POST))
        return redirect(f"{reverse(CHANGED_AT[request.POST['change']])}?{draft.query}")
    given = request.POST if request.method == "POST" else None
    typed = {name: getattr(draft, name) for name in CONTACT}
    form = ContactForm(given, initial=typed, sealed=is_sealed(draft), discreet=is_discreet(draft))
    if request.method == "POST" and form.is_valid():
        answer = _sent(request, draft, form)
        if answer is not None:
            return answer
    draft = draft if draft.reviewed else keep(request, draft, reviewed=True)
    shown = {"form": form, "draft": draft, "category": name_of(draft.category), "step": 3, "steps": STEPS}
    shown |= {"standing": warned_of(draft), "whereabouts": whereabouts_of(draft.place)}
    shown |= {"withheld": bool(draft.room) or withheld(draft.words) != draft.words}
    shown |= {"shows": is_read_back(request, draft)}
    shown |= {"wish": is_wish(draft.category), "alone": told_alone(draft.words)}
    status = 429 if form.has_error(NON_FIELD_ERRORS, "rate") else 422 if form.errors else 200
    return render(request, "channels/contact.html", shown, status=status)


def contact_in(given: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says of who reports, as it was typed."""
    return {name: given.get(name, "")[:most] for name, most in CONTACT.items()}


@require_GET
@never_cache
@public_page
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """Return the thumbnail of a photo of this browser's own draft."""
    file = draft_in(request).file_named(name)
    small = read_thumbnail(file) if file else None
    if small is None:
        raise Http404
    return HttpResponse(small, content_type="image/jpeg")


def _sent(request: HttpRequest, draft: ReportDraft, form: ContactForm) -> HttpResponse | None:
    """File the draft and lead to its receipt; what is refused is said on the form."""
    anonymous = "anonymous" in request.POST
    name, phone = ("", "") if anonymous else (form.cleaned_data["name"], form.cleaned_data["phone"])
    callback = "" if anonymous else str(form.cleaned_data.get("callback", ""))
    report = replace(draft.report(name, phone), callback=callback, signed_in=worker_in(request))
    try:
        count_each(("address", address_of(request)), ("phone", found_telephone(phone) or phone))
        filed = file_matter(PUBLIC, report)
    except TooOftenError as error:
        form.add_error(None, ValidationError(str(error), code="rate"))
        return None
    except ValidationError as error:
        add_errors(form, error)
        return None
    discreet = filed.matter.sealed or is_discreet(draft)
    saved = not discreet or "keep_here" in request.POST
    return receipt_of(request, finish(request, draft, form_of(report, draft.key), saved=saved))
