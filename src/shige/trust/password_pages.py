"""The page on which somebody sets the own password by a link that was handed to them."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import commands
from .forms import OwnPasswordForm, add_errors
from .page_access import public_page

CARRIED: Final = "password_link"
"""Where a session keeps the secret, so that it stands in no address that is shown or handed on."""


@public_page
@require_safe
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address; opening a link does not use it up."""
    if commands.linked_person(secret) is None:
        return _over(request, secret)
    request.session[CARRIED] = secret
    return redirect("trust:own_password")


@public_page
def own_password(request: HttpRequest) -> HttpResponse:
    """Let whoever opened their link choose a password; the second factor follows at the sign-in."""
    secret = request.session.get(CARRIED, "")
    person = commands.linked_person(secret)
    if person is None:
        return _over(request, secret)
    if request.user.is_authenticated:
        return render(request, "trust/password_link_elsewhere.html", {"holder": person}, status=403)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_own_password(secret, form.cleaned_data["password"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            del request.session[CARRIED]
            said = _("Your password is set. Sign in with it; your authenticator is set up next.")
            messages.success(request, said)
            return redirect("account_login")
    return render(request, "trust/own_password.html", {"form": form, "holder": person})


def _over(request: HttpRequest, secret: str) -> HttpResponse:
    request.session.pop(CARRIED, None)
    shown = {"replaced": commands.was_replaced(secret)}
    return render(request, "trust/password_link_over.html", shown, status=410)
