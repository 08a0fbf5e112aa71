"""Pages of adoptions: what is on offer, what organisations adopted, the year's figure (R12)."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.matters.lists.queries.page import typed_cursor
from shige.matters.wishes.queries.wishes import wish, wishes, wishing_communities
from shige.redline.reach import organisations_of
from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.veil import veiled

from . import commands, queries
from .forms import AdoptForm, AdoptionsForm, WishesForm
from .offers import offers_for


@require_GET
@staff_page("adoption.see")
def offered(request: HttpRequest) -> HttpResponse:
    """List the wishes on offer, in their public words, for organisations to adopt."""
    viewer = viewer_in(request)
    form = WishesForm(wishing_communities(), request.GET)
    found = wishes(form.chosen(), typed_cursor(request.GET.get("cursor", "")))
    offers = offers_for(viewer) if may(viewer, "adoption.adopt") else {}
    shown = {
        "wishes": found,
        "rows": [(one, offers.get(one.key, [])) for one in found.offered],
        "offers": len(offers),
        "form": form,
        "may_adopt": may(viewer, "adoption.adopt"),
        "next_url": _beside(form.chosen(), found.next_cursor),
        "previous_url": _beside(form.chosen(), found.previous_cursor),
    }
    return render(request, "adoptions/offered.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page("adoption.adopt")
def adopt(request: HttpRequest, number: str) -> HttpResponse:
    """Adopt a wish for an organisation."""
    viewer = viewer_in(request)
    organisations = organisations_of(viewer, "adoption.adopt")
    form = AdoptForm(organisations, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        contact = commands.Contact(given["name"], given["phone"])
        try:
            commands.adopt(viewer, given["organisation"], number, contact, given["key"])
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Adopted. The community calls and brings both sides together."))
            return redirect("adoptions:made")
    found = wish(number)
    if found is None:
        messages.info(request, _("This wish is not on offer any more."))
        return redirect("adoptions:offered")
    status = 422 if form.errors else 200
    return render(request, "adoptions/adopt.html", {"wish": found, "form": form}, status=status)


@require_GET
@staff_page("adoption.see")
def made(request: HttpRequest) -> HttpResponse:
    """List what organisations adopted, or fulfilled, in a year."""
    viewer, form = viewer_in(request), AdoptionsForm(request.GET)
    chosen = form.chosen()
    found = queries.adoptions(viewer, chosen)
    asked = request.GET.copy()
    beside = {}
    for name, page in (("previous_url", found.page - 1), ("next_url", found.page + 1)):
        asked["page"] = str(page)
        beside[name] = f"?{asked.urlencode()}" if 1 <= page <= found.pages else ""
    named = queries.names_of([chosen.organisation] if chosen.organisation else [])
    shown = {"found": found, "chosen": chosen, "named": "".join(named.values()), **beside}
    return render(request, "adoptions/made.html", shown)


@require_GET
@staff_page("adoption.see")
def year_figures(request: HttpRequest) -> HttpResponse:
    """Show the year's figure, by community and by organisation; each number opens its list."""
    form = AdoptionsForm(request.GET)
    found = queries.figures(viewer_in(request), form.chosen().year)
    veils = [replace(row, key=veiled("key", row.key)) for row in found.organisations]
    return render(request, "adoptions/figures.html", {"found": found, "organisations": veils})


@require_POST
@staff_page("adoption.adopt")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an adoption back."""
    try:
        commands.withdraw(viewer_in(request), pk)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back; the wish is on offer again."))
    return redirect("adoptions:made")


def _beside(community: str, cursor: str) -> str:
    return f"?{urlencode({'community': community, 'cursor': cursor})}" if cursor else ""
