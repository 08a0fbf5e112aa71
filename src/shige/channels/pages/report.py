"""A report in four screens: words, category, place, contact; the draft survives every error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shige.language.danger import find_emergency
from shige.matters.commands import file_matter
from shige.matters.commands.photographing import MOST
from shige.matters.files.attachments import read_all
from shige.matters.files.receiving import drop_taken, files_in
from shige.matters.report import Filed
from shige.matters.suggesting import suggest
from shige.profile import Category, Emergency
from shige.territory.locating import building_by_unit, find_address, middle_of
from shige.trust.access import public_page
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.jurisdiction import language, profile
from shige.trust.telephones import found_telephone

from ..advising import advice_shown, standing_for
from ..calls import advice, call_for
from ..device import remember
from ..drafts import Draft, discard, draft_in, drop_photo, folder, keep, write_photo
from ..forms import AddressForm, ContactForm, PlaceForm, WordsForm
from ..ground import pin_config
from ..rates import TooOftenError, address_of, knock
from .known import after_place

STEPS = 4
FORM_METHODS = ["GET", "POST"]


@require_http_methods(FORM_METHODS)
@public_page
def start(request: HttpRequest) -> HttpResponse:
    """Ask what it is about; ``?b=`` and ``?g=`` are building or grid of a QR code, ``?c=`` a category."""
    draft = _arriving(request)
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"words": draft.words})
    if request.method == "POST":
        draft = _with_photos(request, _with_words(request, draft), form)
        if form.is_valid():
            said = str(form.cleaned_data["words"])
            draft = keep(request.session, draft, words=said, category=_chosen(request, draft))
            return redirect(_after_words(draft))
    shown = {"form": form, "draft": draft, "step": 1, "steps": STEPS, "most": MOST}
    shown |= {"standing": standing_for(draft)}
    shown |= {"upload_url": reverse("channels:uploads")}
    shown |= {"limit_mb": settings.SHIGE_ATTACHMENT_LIMIT // 2**20, "heard": heard_in(draft.words)}
    return render(request, "channels/words.html", shown, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@public_page
def heard(request: HttpRequest) -> HttpResponse:
    """Answer what is being typed: the emergency number at once (P4), and likely categories."""
    words = request.POST.get("words", "")[: settings.SHIGE_TEXT_LIMIT]
    return render(request, "channels/heard.html", {"heard": heard_in(words)})


@require_http_methods(FORM_METHODS)
@public_page
def emergency(request: HttpRequest) -> HttpResponse:
    """Show the number to call before anything else, and ask what is the case (P4)."""
    draft = draft_in(request.session)
    found = find_emergency(profile(), draft.words)
    if found is None:
        return redirect("channels:sort")
    if request.method == "POST":
        called = request.POST.get("emergency") == "called"
        category = found.category if called else draft.category
        keep(request.session, draft, called=called, no_emergency=not called, category=category)
        return redirect("channels:place" if called else "channels:sort")
    return call_first(request, found)


@require_http_methods(FORM_METHODS)
@public_page
def sort(request: HttpRequest) -> HttpResponse:
    """Ask which category it is: the likeliest three, then all."""
    draft = draft_in(request.session)
    if not draft.words:
        return redirect("channels:report")
    error = ""
    if request.method == "POST":
        code = request.POST.get("category", "")
        if _known(code):
            keep(request.session, draft, category=code)
            return redirect("channels:place")
        error = _("Please choose what fits best.")
    shown = {"likely": _likely(draft.words), "tops": _tops(), "chosen": draft.category, "error": error}
    shown |= {"step": 2, "steps": STEPS, "draft": draft}
    return render(request, "channels/sort.html", shown, status=422 if error else 200)


@require_http_methods(FORM_METHODS)
@public_page
def place(request: HttpRequest) -> HttpResponse:
    """Ask where it is: a pin, an address, or the building of the QR code."""
    draft = draft_in(request.session)
    if not draft.words:
        return redirect("channels:report")
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft = keep(request.session, draft, **_placed(form.cleaned_data))
        return redirect(after_place(draft))
    query = request.GET.get("q", "")
    shown = {"form": form, "draft": draft, "search": AddressForm({"q": query}), "found": find_address(query)}
    shown |= {"advice": advice_shown(draft.category)}
    shown |= {"query": query, "config": pin_config(draft.lon, draft.lat), "step": 3, "steps": STEPS}
    return render(request, "channels/place.html", shown, status=422 if form.errors else 200)


@require_GET
@public_page
def places(request: HttpRequest) -> HttpResponse:
    """Return the buildings that an address search finds, as part of the page; with ``pick`` to be ticked."""
    query = request.GET.get("q", "")
    shown = {"found": find_address(query), "query": query, "pick": "pick" in request.GET}
    return render(request, "channels/places.html", shown)


@require_http_methods(FORM_METHODS)
@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """Ask who reports, or nobody; then file."""
    draft = draft_in(request.session)
    if not (draft.words and draft.placed):
        return redirect("channels:place" if draft.words else "channels:report")
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        filed = _filed(request, draft, form)
        if filed is not None:
            discard(request.session)
            answer = redirect("channels:tracking", code=filed.tracking_code)
            remember(request, answer, filed.tracking_code, filed.device_key)
            return answer
    shown = {"form": form, "draft": draft, "category": _name_of(draft.category), "step": 4, "steps": STEPS}
    shown |= {"standing": standing_for(draft)}
    status = 429 if form.has_error(NON_FIELD_ERRORS, "rate") else 422 if form.errors else 200
    return render(request, "channels/contact.html", shown, status=status)


@require_GET
@public_page
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """Return the thumbnail of a photo of this session's own draft."""
    if name not in draft_in(request.session).photos:
        raise Http404
    path: Path = folder() / f"{name}.small.jpg"
    if not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")


def _arriving(request: HttpRequest) -> Draft:
    """Return the draft, with what the link that led here says."""
    draft = draft_in(request.session)
    unit, code = request.GET.get("b", ""), request.GET.get("c", "")
    house = building_by_unit(unit) if unit else None
    if house is not None:
        spot = {"building": house.pk, "address": house.address, "lon": house.lon, "lat": house.lat}
        draft = keep(request.session, draft, **spot)
    middle = middle_of(grid) if (grid := request.GET.get("g", "")) else None
    if middle is not None:
        lon, lat = middle
        draft = keep(request.session, draft, building=None, entrance=None, address="", lon=lon, lat=lat)
    if code and _known(code):
        draft = keep(request.session, draft, category=code)
    return draft


def _after_words(draft: Draft) -> str:
    """Return the next screen: the emergency before anything else."""
    if not (draft.called or draft.no_emergency) and find_emergency(profile(), draft.words):
        return "channels:emergency"
    return "channels:place" if draft.category else "channels:sort"


def _chosen(request: HttpRequest, draft: Draft) -> str:
    """Return the category picked beside the words; "something else" leads to the whole table."""
    code = request.POST.get("category", draft.category)
    return code if _known(code) else ""


def _with_words(request: HttpRequest, draft: Draft) -> Draft:
    """Keep the words; what was answered to an alarm holds for the words that raised it only (P4)."""
    words = request.POST.get("words", "")[: settings.SHIGE_TEXT_LIMIT]
    if words.strip() != draft.words.strip():
        category = "" if draft.called else draft.category
        draft = keep(request.session, draft, called=False, no_emergency=False, category=category)
    return keep(request.session, draft, words=words)


def _with_photos(request: HttpRequest, draft: Draft, form: Form) -> Draft:
    """Take files out and add new ones; one that cannot be taken is named, everything else stays."""
    wanted = request.POST.getlist("drop")
    for name in wanted:
        if name in draft.photos:
            drop_photo(name)
    names = [name for name in draft.photos if name not in wanted]
    taken, faults = read_all(files_in(request, "photos", draft.sender), MOST - len(names))
    for said in faults:
        form.add_error(None, ValidationError(said))
    kept = keep(request.session, draft, photos=(*names, *map(write_photo, taken)))
    drop_taken(request, "photos", draft.sender)
    return kept


def _placed(given: dict[str, object]) -> dict[str, object]:
    """Return the answers of the place screen; a building chosen last wins over a pin."""
    if given.get("building") is not None:
        return {"building": given["building"], "lon": None, "lat": None, "address": ""}
    return {"building": None, "entrance": None, "address": "", "lon": given["lon"], "lat": given["lat"]}


def _filed(request: HttpRequest, draft: Draft, form: ContactForm) -> Filed | None:
    """File the draft; what is refused is said on the form."""
    anonymous = "anonymous" in request.POST
    name, phone = ("", "") if anonymous else (form.cleaned_data["name"], form.cleaned_data["phone"])
    try:
        knock("address", address_of(request))
        knock("phone", found_telephone(phone) or phone)
        return file_matter(PUBLIC, draft.report(name, phone))
    except TooOftenError as error:
        form.add_error(None, ValidationError(str(error), code="rate"))
    except ValidationError as error:
        add_errors(form, error)
    return None


def call_first(request: HttpRequest, found: Emergency, **kept: str) -> HttpResponse:
    """Show the number to call and ask what is the case (P4); what is ``kept`` is sent with the answer."""
    shown = {"calls": call_for(found), "advice": advice(found), "name": found.name.in_language(language())}
    return render(request, "channels/emergency.html", shown | {"kept": kept})


def heard_in(words: str) -> dict[str, object]:
    """Return what the words speak of: an emergency, likely categories."""
    found = find_emergency(profile(), words) if words.strip() else None
    if found is not None:
        return {"calls": call_for(found), "advice": advice(found)}
    return {"likely": _likely(words)}


def _likely(words: str) -> list[dict[str, str]]:
    suggested = (category for category, _share in suggest(words))
    return _named(suggested)


def _tops() -> list[dict[str, object]]:
    said = language()
    return [
        {"name": top.name.in_language(said), "children": _named(top.children or (top,))}
        for top in profile().categories
    ]


def _named(categories: Iterable[Category]) -> list[dict[str, str]]:
    said = language()
    return [{"code": category.code, "name": category.name.in_language(said)} for category in categories]


def _known(code: str) -> bool:
    return bool(_name_of(code))


def _name_of(code: str) -> str:
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return ""
