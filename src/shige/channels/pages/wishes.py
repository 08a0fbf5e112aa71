"""The public list of micro-wishes, and the page on which one is claimed (R12)."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shige.matters.commands import claim
from shige.matters.commands.wishing import Claimant
from shige.matters.queries.listing import typed_cursor
from shige.matters.queries.wishes import wish, wishes, wishing_communities
from shige.trust.access import public_page, viewer_in
from shige.trust.forms import add_errors

from ..forms import ClaimForm, CommunityForm
from ..rates import TooOftenError, address_of, knock


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
        "thanks": "thanks" in request.GET,
        "first": not cursor,
        "next_url": _beside(form.chosen(), found.next_cursor),
        "previous_url": _beside(form.chosen(), found.previous_cursor),
    }
    return render(request, "channels/wishes.html", shown)


@require_http_methods(["GET", "POST"])
@public_page
def claim_wish(request: HttpRequest, number: str) -> HttpResponse:
    """Take a wish on: who, and how the office can call."""
    found = wish(number)
    if found is None:
        return render(request, "channels/wish_taken.html", status=404)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            knock("address", address_of(request))
            claim(viewer_in(request), number, Claimant(**form.cleaned_data))
        except TooOftenError as error:
            form.add_error(None, str(error))
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(f"{reverse('channels:wishes')}?thanks")
    status = 422 if form.errors else 200
    return render(request, "channels/claim.html", {"wish": found, "form": form}, status=status)


def _beside(community: str, cursor: str) -> str:
    """Return the address of the page beside this one."""
    return f"?{urlencode({'community': community, 'cursor': cursor})}" if cursor else ""
