"""Find one's codes again by the telephone that was left, or have one sent to it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shige.matters.own_data.commands.recovery import send_code
from shige.trust.forms import add_errors
from shige.trust.gate import PUBLIC
from shige.trust.page_access import public_page

from ...rates import TooOftenError, address_of, count_request
from ..device import key_for
from ..forms.own_data import OneTimeForm, TelephoneForm
from ..recovery import ask, check


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    """Ask for the telephone, then the one-time code, then show the codes; or say whom to ask instead."""
    if not settings.SHIGE_DELIVERY_URL:
        return render(request, "channels/recover.html", {"gateway": False})
    if request.method == "GET":
        return _shown(request, TelephoneForm())
    if "token" in request.POST:
        return _checked(request)
    count_request("recover", address_of(request))
    return _asked(request)


def _asked(request: HttpRequest) -> HttpResponse:
    form = TelephoneForm(request.POST)
    if form.is_valid():
        try:
            token = ask(form.cleaned_data["phone"], address_of(request))
            return _shown(request, OneTimeForm(initial={"token": token}), step=2)
        except TooOftenError as error:
            said = _("Another code can be sent to this telephone in %(minutes)d minutes.")
            form.add_error("phone", said % {"minutes": -(-error.seconds // 60)})
        except ValidationError as error:
            add_errors(form, error)
    return _shown(request, form)


def _checked(request: HttpRequest) -> HttpResponse:
    form = OneTimeForm(request.POST)
    if form.is_valid():
        found = check(form.cleaned_data["token"], form.cleaned_data["typed"])
        if found is not None:
            return render(request, "channels/recover.html", {"gateway": True, "found": found, "step": 3})
        count_request("recover", address_of(request))  # of one code only a few are taken at all
        form.add_error(
            "typed", _("This code does not fit or is no longer valid. You can ask for another one.")
        )
    return _shown(request, form, step=2)


def _shown(request: HttpRequest, form: TelephoneForm | OneTimeForm, step: int = 1) -> HttpResponse:
    shown = {"gateway": True, "form": form, "step": step}
    return render(request, "channels/recover.html", shown, status=422 if form.errors else 200)


@require_POST
@public_page
def text_me(request: HttpRequest, code: str) -> HttpResponse:
    """Send the link of an ordinary matter to the telephone that was left with it."""
    if not settings.SHIGE_DELIVERY_URL:
        raise Http404
    try:
        count_request("address", address_of(request))
        send_code(PUBLIC, code, key_for(request, code))
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The code is on its way to the telephone that you left."))
    return redirect("channels:tracking", code=code)
