"""What is held of whoever reported, and their rights to it: see, take along, correct, delete (P5)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shige.matters.commands.own_data import Proof, correct_contact, delete_own, take_along
from shige.matters.queries import tracked
from shige.matters.queries.own_data import OwnData
from shige.matters.queries.own_data import own_data as data_of
from shige.trust.access import public_page
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC

from ..device import key_for
from ..forms_own_data import CorrectionForm, ProofForm
from ..rates import TooOftenError, address_of, exhausted, knock


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def own_data(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is held of a reporter; open, correct or delete it for whoever proves to be the one."""
    sender = address_of(request)
    if exhausted("miss", sender):
        return render(request, "channels/too_often.html", {"why": str(TooOftenError())}, status=429)
    found = data_of(code, key_for(request, code))
    if found is None:
        knock("miss", sender)
        return render(request, "channels/unknown_code.html", status=404)
    if request.method == "GET":
        return _shown(request, code, found)
    act = request.POST.get("act", "")
    given, proven = request.POST, found.proven
    form = (
        CorrectionForm(given, proven=proven) if act == "correct" else ProofForm(given, proven=proven, act=act)
    )
    if form.is_valid():
        try:
            return _done(request, code, act, form)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            knock("miss", sender)
            add_errors(form, error)
    return _shown(request, code, found, form, act)


def _done(request: HttpRequest, code: str, act: str, form: Form) -> HttpResponse:
    given = form.cleaned_data
    proof = Proof(key_for(request, code), given.get("proof", ""))
    if act == "correct":
        correct_contact(PUBLIC, code, proof, given["name"], given["phone"])
        messages.success(request, _("Your contact is corrected."))
    elif act == "delete":
        delete_own(PUBLIC, code, proof)
        messages.success(request, _("What you said and left is deleted."))
    elif act == "take_along":
        return _file(code, proof)
    else:
        raise Http404
    return redirect("channels:own_data", code=code)


def _file(code: str, proof: Proof) -> HttpResponse:
    own, seen = take_along(PUBLIC, code, proof), tracked(code)
    if seen is None:
        raise Http404
    content = {
        "number": seen.number,
        "category": seen.category,
        "reported_at": seen.reported_at,
        "name": own.name,
        "telephone": own.phone,
        "words": own.words,
        "said_later": own.later,
        "steps": [{"at": step.when, "step": step.label, "note": step.note} for step in seen.steps],
    }
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return answer


def _shown(
    request: HttpRequest, code: str, found: OwnData, form: Form | None = None, act: str = ""
) -> HttpResponse:
    forms: dict[str, Form] = {
        "take_along": ProofForm(proven=found.proven, act="take_along"),
        "correct": CorrectionForm(proven=found.proven),
        "delete": ProofForm(proven=found.proven, act="delete"),
    }
    if form is not None and act in forms:
        forms[act] = form
    shown = {
        "code": code,
        "found": found,
        "forms": forms,
        "act": act,
        "may": found.proven or found.phone_left,
    }
    return render(request, "channels/own_data.html", shown, status=422 if form is not None else 200)
