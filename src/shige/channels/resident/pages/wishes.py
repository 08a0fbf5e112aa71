"""The public list of micro-wishes, and the page on which one is claimed (R12)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shige.matters.codes import device_key
from shige.matters.lists.queries.page import typed_cursor
from shige.matters.wishes.commands import Claimant, claim, claim_code, say_as_claimant, withdraw_claim
from shige.matters.wishes.queries.claims import claimed
from shige.matters.wishes.queries.wishes import wish, wishes, wishing_communities
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page, viewer_in

from ...lookups import found_by
from ...qr import card_of
from ...rates import TooOftenError, address_of, count_request
from ..device import key_for, remember
from ..forms.report import ClaimForm, CommunityForm, ReasonForm


@require_GET
@public_page
def wish_list(request: HttpRequest) -> HttpResponse:
    """Show what is wished for and what was fulfilled; nobody is named."""
    form = CommunityForm(wishing_communities(), request.GET)
    cursor = typed_cursor(request.GET.get("cursor", ""))
    found = wishes(form.chosen(), cursor)
    shown = {
        "wishes": found,
        "form": form,
        "first": not cursor,
        "next_url": _beside(form.chosen(), found.next_cursor),
        "previous_url": _beside(form.chosen(), found.previous_cursor),
    }
    return render(request, "channels/wishes.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
def claim_wish(request: HttpRequest, number: str) -> HttpResponse:
    """Take a wish on: who, and how the office can call."""
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if (sent := _already(form, number)) and claimed(sent):
        return _receipt(request, sent)
    found = wish(number)
    if found is None:
        return render(request, "channels/wish_taken.html", status=404)
    if request.method == "POST" and form.is_valid():
        try:
            address, given = address_of(request), dict(form.cleaned_data)
            count_request("address", address)
            code = claim(
                viewer_in(request), number, key=given.pop("key"), claimant=Claimant(**given), address=address
            )
        except TooOftenError as error:
            form.add_error(None, str(error))
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _receipt(request, code)
    status = 422 if form.errors else 200
    return render(request, "channels/claim.html", {"wish": found, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def claimed_wish(request: HttpRequest, code: str) -> HttpResponse:
    """Show a claim to whoever made it; take a word to the office, or the claim back."""
    act, found = request.POST.get("act", ""), found_by(request, lambda: claimed(code))
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    form = ReasonForm(request.POST if act == "say" else None, label=_("What should the office know?"))
    if request.method == "POST":
        count_request("address", address_of(request))
        try:
            return _answered(request, code, act, form)
        except ValidationError as error:
            add_errors(form, error)
    shown = {
        "claim": found,
        "form": form,
        "saved_here": bool(key_for(request, code)),
        **card_of(request, code),
    }
    return render(request, "channels/claimed.html", shown, status=422 if form.errors else 200)


def _answered(request: HttpRequest, code: str, act: str, form: ReasonForm) -> HttpResponse:
    """Carry out what a claimant sends; a form without words comes back."""
    if act == "withdraw":
        withdraw_claim(PUBLIC, code)
        messages.success(request, _("The claim is taken back. Your name and number are forgotten."))
    elif act == "say":
        say_as_claimant(PUBLIC, code, request.POST.get("reason", ""))
        messages.success(request, _("Thank you. The office reads it."))
    else:
        raise Http404
    return redirect("channels:claimed", code=code)


def _already(form: ClaimForm, number: str) -> str:
    """Return the code to which this very form has led before, if it was sent."""
    key = str(form.data.get("key", "")) if form.is_bound else ""
    return claim_code(key, number) if key else ""


def _receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page of the claim, the first time as every time, and save its code on this device."""
    answer = redirect("channels:claimed", code=code)
    remember(request, answer, code, device_key(None))
    return answer


def _beside(community: str, cursor: str) -> str:
    """Return the address of the page beside this one."""
    return f"?{urlencode({'community': community, 'cursor': cursor})}" if cursor else ""
