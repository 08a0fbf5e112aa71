"""What is held of whoever reported, and their rights to it: see, take along, correct, delete (P5)."""

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shige.matters.codes import code_digest
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.own_data.commands.own_data import (
    Proof,
    correct_contact,
    delete_contact,
    delete_own,
    take_along,
)
from shige.matters.own_data.queries import DOOR, OwnData, OwnWords
from shige.matters.own_data.queries import own_data as data_of
from shige.trust.commands.throttle import forget_failures, note_failure, waits
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page
from shige.trust.telephone_field import shown as shown_number

from ...lookups import found_by
from ...rates import TooOftenError, address_of
from ..device import key_for
from ..forms.own_data import CorrectionForm, ProofForm
from ..out_of_sight import action, code_out_of_sight, led_out_of_sight, used_up

CONTACT: Final = ("matter.name", "matter.phone", "matter.callback")
"""What goes when the contact is deleted."""

ACTS: Final = ("show", "take_along", "correct", "delete_contact", "delete")

SAID: Final = ("matter.words", "matter.original")
"""What stays then: it may hold a telephone that its writer typed into it."""


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def own_data(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show what is held of a reporter; open, correct or delete it for whoever proves to be the one."""
    out_of_sight, (held, _again) = not code, code_out_of_sight(request)
    code = code or held
    if not code:
        return redirect("channels:mine")
    found = found_by(request, lambda: data_of(code, key_for(request, code)))
    if found is None:
        return render(request, "channels/unknown_code.html", status=404)
    if request.method == "GET":
        if found.sealed and not out_of_sight:
            return led_out_of_sight(request, "channels:own_data", code)
        return used_up(_shown(request, code, found, own=_at_once(request, code, found)))
    act = request.POST.get("act", "")
    form = _form(found, act, request.POST)
    if form.is_valid():
        try:
            return _guarded(request, code, act, form)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            add_errors(form, error)
    return _shown(request, code, found, form=form, act=act)


def _guarded(request: HttpRequest, code: str, act: str, form: Form) -> HttpResponse:
    """Do what is asked; each telephone that is not the one left makes the next try wait longer.

    Only at this code and from this address: it stops nobody at another code, nor its reporter elsewhere.
    """
    address, guessed = address_of(request), f"proof {code_digest(code).hex()}"
    if wait := waits(address, guessed):
        raise TooOftenError(int(wait.total_seconds()) + 1)
    try:
        done = _done(request, code, act, form)
    except ValidationError as error:
        if "proof" in getattr(error, "error_dict", {}):
            note_failure(address, guessed)
        raise
    if form.cleaned_data.get("proof"):
        forget_failures(address, guessed)
    return done


def _at_once(request: HttpRequest, code: str, found: OwnData) -> OwnWords | None:
    """Open the values for the device that filed an ordinary matter; a sensitive one waits to be asked."""
    if not found.proven or found.sensitive or not found.held:
        return None
    return take_along(PUBLIC, code, Proof(key_for(request, code)))


def _done(request: HttpRequest, code: str, act: str, form: Form) -> HttpResponse:
    given = form.cleaned_data
    proof = Proof(key_for(request, code), given.get("proof", ""))
    if act == "show":
        return _opened(request, code, proof)
    if act == "correct":
        correct_contact(PUBLIC, code, proof, given["name"], given["phone"])
        messages.success(request, _("Your contact is corrected."))
    elif act == "delete_contact":
        delete_contact(PUBLIC, code, proof)
        messages.success(request, _("Your name and telephone are deleted."))
    elif act == "delete":
        delete_own(PUBLIC, code, proof)
        messages.success(request, _("What you wrote and left here is deleted."))
    elif act == "take_along":
        return _file(code, proof)
    else:
        raise Http404
    return redirect("channels:own_data", code=code)


def _opened(request: HttpRequest, code: str, proof: Proof) -> HttpResponse:
    own = take_along(PUBLIC, code, proof)
    found = data_of(code, proof.device_key)
    if found is None:
        raise Http404
    return _shown(request, code, found, own=own)


def _file(code: str, proof: Proof) -> HttpResponse:
    own, seen = take_along(PUBLIC, code, proof), tracked(code)
    if seen is None:
        raise Http404
    content = {
        "number": seen.number,
        "category": seen.category,
        "reported_at": _local(seen.reported_at),
        "name": own.name,
        "telephone": own.phone,
        "place": own.place,
        "entrance": own.entrance,
        "floor": own.floor,
        "room": own.room,
        "words": own.words,
        "said_later": own.later,
        "steps": [{"at": _local(step.when), "step": step.label, "note": step.note} for step in seen.steps],
    }
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return answer


def _local(moment: datetime) -> str:
    """Return a moment as the clock on the wall showed it, with its offset."""
    return localtime(moment).isoformat(timespec="seconds")


def _shown(
    request: HttpRequest,
    code: str,
    found: OwnData,
    *,
    own: OwnWords | None = None,
    form: Form | None = None,
    act: str = "",
) -> HttpResponse:
    values = _values(own)
    left = {"name": values["matter.name"], "phone": values["matter.phone"]} if own else {}
    forms = {name: _form(found, name) for name in ACTS}
    forms["correct"].initial = left
    if form is not None and act in forms:
        forms[act] = form
    shown = {
        "code": code,
        "own_address": reverse("channels:own_data", args=[code]),
        "action": action("channels:own_data", code, sealed=found.sealed),
        "found": found,
        "own": own,
        "held": [(one, values.get(one.field, "")) for one in found.held],
        "forms": forms,
        "act": act,
        "may": found.proven or found.phone_left,
        "contact_held": any(one.field in CONTACT for one in found.held),
        "words_held": any(one.field in SAID for one in found.held),
    }
    return render(request, "channels/own_data.html", shown, status=422 if form is not None else 200)


def _form(found: OwnData, act: str, given: QueryDict | None = None) -> Form:
    kind = CorrectionForm if act == "correct" else ProofForm
    return kind(given, asked=not (found.proven or found.in_person), relayed=found.relayed, act=act)


def _values(own: OwnWords | None) -> dict[str, str]:
    """Return what was opened under the names of the fields."""
    if own is None:
        return {}
    words = "\n".join(part for part in (own.words, *own.later) if part)
    return {
        "matter.name": own.name,
        "matter.phone": shown_number(own.phone),
        "matter.room": own.room,
        DOOR: own.place,
        "matter.words": words,
    }
