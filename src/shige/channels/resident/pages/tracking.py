"""Behind a tracking code: each step, who is in charge, and the answer to "solved?" (R25)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.files.fields import MOST
from shige.files.handover import handed_over
from shige.matters.confirmation.commands.answers import (
    add_words,
    confirm,
    rate,
    reopen,
    request_review,
    say_not_solved,
    withdraw,
)
from shige.matters.confirmation.commands.answers import answer as answer_question
from shige.matters.danger.detectors import Heard, hear
from shige.matters.models import Matter
from shige.matters.neighbours.commands import say_beside
from shige.matters.neighbours.queries.followed import all_on
from shige.matters.sealing.commands.apart import codes_apart
from shige.matters.sealing.commands.dismissal import dismiss_alarm
from shige.matters.sealing.plain_words import plain_words
from shige.matters.tracking.queries import Tracked, photo_of_device
from shige.matters.wishes.queries.claims import claimed
from shige.service_points.bookings.queries import bookings_on, own_booking
from shige.trust.gate import PUBLIC
from shige.trust.known_devices import worker_in
from shige.trust.page_access import public_page

from ...answers import FIELD, first_time, form_key
from ...calls import calls, quiet_calls
from ...lookups import looked_up
from ...qr import card_of, grouped
from ...rates import TooOftenError, address_of, count_request
from ..device import forget, key_for, saved
from ..drafts import forget_receipt
from ..forms.report import WITH_PHOTOS, CodeForm, PhoneForm, RatingForm, ReasonForm
from ..out_of_sight import action, code_out_of_sight, led_out_of_sight, used_up
from ..progress import timeline
from .danger import Noted, call_first
from .own_photos import add_to_words, photos_in

SAID: Final[Mapping[str, Callable[..., Matter]]] = {
    "not_solved": say_not_solved,
    "answer": answer_question,
    "say": say_beside,
    "add": add_words,
    "review": request_review,
    "reopen": reopen,
}
"""What a reporter may say in own words, and the command that takes it in."""


@require_GET
@never_cache
@public_page
def tracking(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far a matter has come; the code of a claim leads to the claim's own page."""
    if claimed(code) is not None:
        return redirect("channels:claimed", code=code)
    found = looked_up(request, code)
    if found is not None and found.sealed:
        return led_out_of_sight(request, "channels:tracking", code, noted=not _unnoted(request, code, found))
    return _shown(request, code, found)


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
def progress(request: HttpRequest) -> HttpResponse:
    """Show a sealed matter where no code stands in the address; a form says that its code is noted."""
    code, again = code_out_of_sight(request)
    if request.method == "POST":
        return led_out_of_sight(request, "channels:tracking", code)
    if not code:
        return redirect("channels:mine")
    shown = shown_behind(request, code, unnoted=again)
    return shown if again else used_up(shown)


@require_POST
@never_cache
@public_page
def answer(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take the reporter's answer: solved with a rating, not solved, or take it up again."""
    code = code or code_out_of_sight(request)[0]
    act = request.POST.get("answer", "")
    form = _form(request, act)
    if not form.is_valid():
        return shown_behind(request, code, form, act)
    count_request("address", address_of(request))
    key = request.POST.get(FIELD, "") or form_key()
    try:
        photos = photos_in(request, code, act)
        with transaction.atomic():
            if first_time(code, act, key):
                if act != "add" or form.cleaned_data["reason"]:  # photos alone add something as well
                    _answered(request, code, act, {**form.cleaned_data, "form": key})
                add_to_words(request, code, key, photos)
    except (KeyError, PermissionDenied) as error:
        raise Http404 from error
    except ValidationError as error:
        if isinstance(form, ReasonForm) and act in _open_now(request, code):
            form.add_error("reason", error.messages)
            return shown_behind(request, code, form, act)
        messages.error(request, " ".join(error.messages))
    else:
        return _thanked(request, code, act, key, hear(str(form.cleaned_data.get("reason", ""))))
    return redirect(_again(request, code))


def _open_now(request: HttpRequest, code: str) -> Iterable[str]:
    """Return what may be answered at present: what is typed there stays where something in it is refused."""
    found = looked_up(request, code)
    return found.answers if found else ()


def _thanked(request: HttpRequest, code: str, act: str, key: str, heard: Heard) -> HttpResponse:
    """Say what became of an answer; where danger is ``heard`` in it the numbers come first (P4)."""
    apart = codes_apart(code, key)
    page = _again(request, code)
    said = _said_apart(act) if apart else _("Thank you. Your answer has been noted.")
    if heard.first is not None:  # whoever calls or leaves now has said it all the same
        dismissed = reverse("channels:no_emergency", args=[code])
        noted = Noted(
            page, dismissed, {FIELD: key, "answer": act}, said if apart else "", apart[0] if apart else ""
        )
        found = looked_up(request, code)
        return call_first(request, heard, noted=noted, address=found.place if found else "")
    messages.success(request, said)
    return redirect("channels:tracking", apart[0]) if apart else redirect(page)


@require_POST
@never_cache
@public_page
def no_emergency(request: HttpRequest, code: str) -> HttpResponse:
    """Note that words which were taken in are of no emergency; where they stand does not change (P4)."""
    act, key = request.POST.get("answer", ""), request.POST.get(FIELD, "")
    try:
        count_request("address", address_of(request))
        with transaction.atomic():
            if not key or first_time(code, act, key):
                raise PermissionDenied("no such words were taken in")
            if first_time(code, "no_emergency", key):
                matter = dismiss_alarm(PUBLIC, code, key)
                messages.success(request, _said_dismissed(matter))
    except PermissionDenied as error:
        raise Http404 from error
    return redirect("channels:tracking", code)


def _said_dismissed(matter: Matter) -> str:
    """Say of a dismissed alarm who reads the words."""
    if matter.sealed:
        rest = _("Trained staff look at what you wrote first; grid workers and the community cannot see it.")
    else:
        rest = _("What you wrote stays with the matter.")
    return f"{_('It is noted that there is no emergency.')} {rest}"


def _again(request: HttpRequest, code: str) -> str:
    """Return the page's address; an answer code that was typed stays, for the stars that may follow."""
    proof = str(request.POST.get("proof", ""))[:40]
    return reverse("channels:tracking", args=[code]) + (f"?{urlencode({'proof': proof})}" if proof else "")


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
def mine(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and list what this device has saved."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = grouped(form.cleaned_data["code"])
        try:
            if claimed(code) is not None:
                return redirect("channels:claimed", code=code)
            if own_booking(code) is not None:
                return redirect("channels:booked", code=code)
            if looked_up(request, code) is not None:
                return redirect("channels:tracking", code=code)
            form.add_error("code", _("There is no matter with this code. Please check each character."))
        except TooOftenError as error:
            form.add_error(None, str(error))
            status = 429
    codes = [code for code, _key in saved(request)]
    own = all_on(codes)
    status = 422 if form.errors and status == 200 else status
    shown = {
        "form": form,
        "own": own,
        "booked": bookings_on(codes),
        "phone_typed": form.has_error("code", "phone"),
    }
    shown |= {"gateway": bool(settings.SHIGE_DELIVERY_URL)}
    return render(request, "channels/mine.html", shown, status=status)


@require_POST
@public_page
def forget_code(request: HttpRequest, code: str) -> HttpResponse:
    """Take a matter off this device."""
    answer = redirect("channels:mine")
    forget(request, answer, code)
    forget_receipt(request, code)
    answer["Clear-Site-Data"] = '"cache"'  # Back must not show it once more
    messages.success(request, _("This device no longer knows the code. Keep it if you still need it."))
    return answer


@require_GET
@public_page
@never_cache
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Show the code with its QR code and nothing of the matter, to be printed or kept as a picture."""
    found = looked_up(request, code)
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    return render(request, "channels/card.html", card_of(request, code))


@require_GET
@public_page
def tracking_photo(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Return a photo or PDF to the device that filed the matter."""
    return handed_over(photo_of_device(code, key_for(request, code), name, small="small" in request.GET))


def _form(request: HttpRequest, act: str) -> Form:
    """Return the form of an answer: that it is solved needs no further word."""
    if act in ("solved", "rate"):
        return RatingForm(request.POST, needed=act == "rate")
    return ReasonForm(request.POST, act=act, with_files=act in WITH_PHOTOS and bool(request.FILES))


def _answered(request: HttpRequest, code: str, act: str, given: dict[str, Any]) -> Matter:
    """Carry out what is answered; KeyError where there is no such answer."""
    if act in ("solved", "rate"):
        say = confirm if act == "solved" else rate
        return say(PUBLIC, code, given["rating"], given["proof"], worker_in(request))
    if act == "withdraw":
        return withdraw(PUBLIC, code, given["reason"], form=given["form"], signed_in=worker_in(request))
    return SAID[act](PUBLIC, code, given["reason"], form=given["form"])


def _said_apart(act: str) -> str:
    """Say what became of words that whoever handles the matter must not read, and what of the matter."""
    said = _(
        "Your words are kept as a sealed matter of their own, with the code below: nobody of the grid or the "
        "community reads them, and nothing of them stands in the other matter. Please note this code down."
    )
    if plain_words(act):
        rest = _("Your answer to the other matter was taken in without them.")
    else:
        rest = _(
            "What those who handle the other matter should know, please write there once more, "
            "without those words."
        )
    return f"{said} {rest}"


def shown_behind(
    request: HttpRequest,
    code: str,
    form: Form | None = None,
    act: str = "",
    phone_form: PhoneForm | None = None,
    *,
    unnoted: bool = False,
) -> HttpResponse:
    """Show the page behind a code; ``form`` or ``phone_form`` is what was refused, as it was typed.

    ``unnoted`` says that the code was just given, and that the page is gone once it is noted.
    """
    return _shown(request, code, looked_up(request, code), form, act, phone_form, unnoted=unnoted)


def _shown(
    request: HttpRequest,
    code: str,
    found: Tracked | None,
    form: Form | None = None,
    act: str = "",
    phone_form: PhoneForm | None = None,
    *,
    unnoted: bool = False,
) -> HttpResponse:
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    act = act or request.GET.get("act", "")
    said = {
        name: form if form is not None and act == name else _asking(found, name) for name in found.answers
    }
    takes_photos = found.same_device and not (found.joined or found.merged)
    photos_with_answer = "answer" in found.answers or ("not_solved" in found.answers and act == "not_solved")
    shown = {
        "matter": found,
        "calls": [*calls(), *quiet_calls()] if found.in_danger else [],
        "steps": timeline(found),
        "rating_form": form if act == "rate" and form is not None else RatingForm(),
        "said": said,
        "later": [
            (name, title, said[name])
            for name, title in _later(found, photos=takes_photos and not photos_with_answer)
            if name in said
        ],
        "act": act,
        "hides_own": not (found.same_device or found.joined or found.hidden or found.sealed),
        "takes_photos": takes_photos,
        "photos_with_answer": photos_with_answer,
        "form_key": form_key(),
        "proof": request.GET.get("proof", "")[:40],
        "saved_here": bool(key_for(request, code)),
        "phone_form": phone_form or PhoneForm(),
        "fresh": _is_fresh(found),
        "unnoted": unnoted,
        "answer_at": action("channels:answer", code, sealed=found.sealed),
        "own_address": reverse("channels:tracking", args=[code]),
        "gateway": bool(settings.SHIGE_DELIVERY_URL),
        "most": MOST,
        "limit_mb": settings.SHIGE_ATTACHMENT_LIMIT // 2**20,
        **card_of(request, code),
    }
    return render(request, "channels/tracking.html", shown, status=422 if form or phone_form else 200)


def _is_fresh(found: Tracked) -> bool:
    """Say whether nothing has happened yet but the sending: then the code is what matters on the page."""
    return len(found.steps) == 1 and not found.hidden and not found.merged


def _unnoted(request: HttpRequest, code: str, found: Tracked) -> bool:
    """Say whether a code was just given and this device does not keep it: there is no other way back."""
    return _is_fresh(found) and not key_for(request, code)


def _asking(found: Tracked, act: str) -> ReasonForm:
    return ReasonForm(label=found.answers[act], act=act)


def _later(found: Tracked, *, photos: bool) -> list[tuple[str, str]]:
    """Return what a reporter may say at leisure, and what the page calls it."""
    return [
        ("add", _("Add words or photos") if photos else _("Add something")),
        ("say", _("Tell the office something about it")),
        ("reopen", _("It is not solved after all")),
        ("review", _("Disagree and ask for a review by the next tier up")),
        ("withdraw", found.names.get("withdraw", "")),
    ]
