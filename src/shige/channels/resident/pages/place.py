"""The screen of the place: a search first, one's position, a map on demand; and what lies at a pin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shige.matters.danger.detectors import hear
from shige.matters.filing.checks import ADDRESS_LIMIT
from shige.territory.places import Found, place_said
from shige.trust.page_access import public_page

from ...calls import calls
from ...ground import pin_config
from ...whereabouts import looked_for, near_pin, reaches, spot_of
from ..advice import advice_shown
from ..drafts import STEPS, ReportDraft, draft_in, keep, leading_to
from ..forms.report import AddressForm, PlaceForm
from ..heard import name_of, needs_no_place
from ..readback import followed, is_ordinary, is_read_back
from .danger import is_discreet, is_sealed, next_screen
from .known import after_place


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
@followed
def place(request: HttpRequest) -> HttpResponse:
    """Ask where it is: an address, a pin, or the building of the QR code."""
    draft = draft_in(request)
    if not draft.words:
        return redirect(leading_to("channels:report", draft))
    typed = request.POST.get("q", "")[:ADDRESS_LIMIT]
    if "search" in request.POST:  # what is sought stands in no address, for no history and no log may keep it
        draft = keep(request, draft, sought=typed)
        if _calls_first(draft):
            return redirect(leading_to("channels:emergency", draft))
        return redirect(f"{reverse('channels:place')}?{draft.query}")
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _placed(request, draft, form)
    query = typed or draft.sought or (draft.address if draft.to_find else "")
    clause, said = _said_of_it(request, draft) if not query else ("", [])
    query = query or ("" if said else clause)
    shown = {"form": form, "draft": draft, "search": AddressForm({"q": query})}
    shown |= {"clause": clause, "said": said}
    shown |= looked_for(query, near_of(draft)) | {
        "advice": None if is_sealed(draft) else advice_shown(draft.category)
    }
    shown |= {"config": pin_config(draft.lon, draft.lat), "step": 2, "steps": STEPS}
    shown |= {"sortable": bool(draft.category) and is_ordinary(draft)}
    shown |= {"category": "" if is_discreet(draft) else name_of(draft.category)}
    shown |= {"vague": bool(draft.about_staff not in ("", "no")) or needs_no_place(draft.category)}
    return render(request, "channels/place.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
def places(request: HttpRequest) -> HttpResponse:
    """Return what a search finds, as part of a page; with ``pick`` to be ticked.

    A position comes by POST, so that no log keeps it.
    """
    given = request.POST if request.method == "POST" else request.GET
    query = given.get("q", "")
    near = _position(request) or near_of(draft_in(request))
    shown = looked_for(query, near) | {"pick": "pick" in request.GET}
    return render(request, "channels/places.html", shown)


@require_POST
@never_cache
@public_page
def at_pin(request: HttpRequest) -> HttpResponse:
    """Return what lies at a pin, in a few words; by POST, so that no log keeps a position."""
    spot = _position(request)
    shown = {"near": near_pin(*spot) if spot else "", "inside": spot is None or reaches(*spot)}
    return render(request, "channels/at_pin.html", shown)


def _position(request: HttpRequest) -> tuple[float, float] | None:
    """Return the position that a form carries."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return None
    lon, lat = form.cleaned_data["lon"], form.cleaned_data["lat"]
    return None if lon is None or lat is None else (lon, lat)


def _said_of_it(request: HttpRequest, draft: ReportDraft) -> tuple[str, list[Found]]:
    """Return what the words of a draft say of its place, to be offered while nothing is set."""
    if draft.placed or not is_read_back(request, draft):
        return "", []
    clause, found = place_said(draft.words, near_of(draft))
    return clause[:ADDRESS_LIMIT], found


def near_of(draft: ReportDraft) -> tuple[float, float] | None:
    """Return the position that a draft already has."""
    return None if draft.lon is None or draft.lat is None else (draft.lon, draft.lat)


def _placed(request: HttpRequest, draft: ReportDraft, form: PlaceForm) -> HttpResponse:
    """Keep a place; of one where nobody here is in charge that is said first."""
    spot = spot_of(form.cleaned_data)
    asked = spot["lon"] is None or "outside" in request.POST
    if not asked and not reaches(spot["lon"], spot["lat"]):
        shown = {"draft": draft, "spot": spot, "hotlines": calls(danger=False), "step": 2, "steps": STEPS}
        return render(request, "channels/outside.html", shown, status=422)
    draft = keep(request, draft, **spot)
    return redirect(leading_to("channels:emergency" if _calls_first(draft) else after_place(draft), draft))


def _calls_first(draft: ReportDraft) -> bool:
    """Say whether danger was told where the address belongs alone: the numbers come before all else (P4)."""
    return hear(draft.words).first is None and next_screen(draft) == "channels:emergency"
