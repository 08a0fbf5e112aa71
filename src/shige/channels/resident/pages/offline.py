"""A report that goes on without a line: the page that a phone keeps, and where it is handed in afterwards."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shige.matters.filing.checks import ADDRESS_LIMIT
from shige.trust.page_access import public_page

from ...calls import calls, quiet_calls
from ...whereabouts import reaches, spot_of
from ..drafts import LIFE, ReportDraft, keep, leading_to
from ..forms.report import PlaceForm, WordsForm
from ..heard import all_categories
from .danger import next_screen
from .receipt import receipt_of
from .report import contact, contact_in
from .words import answered, arriving

WORKER: Final = "assets/report-worker-*.js"
"""Where the build lays it; there is one, for each build begins with an empty folder."""


@require_GET
@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page that phones keep; it tells nothing of anybody."""
    shown = {"calls": calls(), "quiet": quiet_calls(), "tops": all_categories()}
    return render(request, "channels/offline.html", shown | {"minutes": LIFE.seconds // 60})


@require_GET
@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; from this address it governs the pages below ``/report/`` only."""
    found = [file for folder in settings.STATICFILES_DIRS for file in Path(folder).glob(WORKER)]
    if not found:
        raise Http404
    answer = HttpResponse(found[0].read_bytes(), content_type="text/javascript; charset=utf-8")
    patch_cache_control(answer, no_cache=True)
    return answer


@require_POST
@never_cache
@public_page
def queued(request: HttpRequest) -> HttpResponse:
    """Take in a report that waited on a phone: its receipt, or where to go on if something is left to ask."""
    draft = arriving(request)
    if draft.receipt is not None:
        return _told(receipt_of(request, draft))
    form = WordsForm(request.POST)
    draft = _placed(request, answered(request, draft, form))
    draft = keep(
        request, draft, sought=request.POST.get("address", "")[:ADDRESS_LIMIT], **contact_in(request.POST)
    )
    step = next_screen(draft) if form.is_valid() else "channels:report"
    if step != "channels:place" or not draft.placed:
        return JsonResponse({"next": leading_to(step, draft)})
    filed = contact(request)
    return (
        _told(filed)
        if filed.status_code == 302
        else JsonResponse({"next": leading_to("channels:contact", draft)})
    )


def _placed(request: HttpRequest, draft: ReportDraft) -> ReportDraft:
    """Keep the place: the address as it is written where that is wanted, else the position of the phone.

    A position counts where somebody here is in charge of it.
    """
    address = request.POST.get("address", "")[:ADDRESS_LIMIT]
    form = PlaceForm(request.POST.dict() | {"q": address})
    if not form.is_valid():
        return draft
    if form.cleaned_data["as_written"]:
        return keep(request, draft, **spot_of(form.cleaned_data))
    lon, lat = form.cleaned_data["lon"], form.cleaned_data["lat"]
    if lon is None or lat is None or not reaches(lon, lat):
        return draft
    return keep(request, draft, lon=lon, lat=lat, building=None, address=address[:160])


def _told(led: HttpResponseBase) -> HttpResponse:
    """Return where a redirect leads, for a script, with what it leaves on the device."""
    answer = JsonResponse({"receipt": led.headers["Location"]})
    answer.cookies = led.cookies
    return answer
