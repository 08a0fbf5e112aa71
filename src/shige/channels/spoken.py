"""The switch of language on a page with a form: what is typed is kept, and the same page comes again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import check_for_language

CHOSEN = "language"
"""Name of the button; it belongs to the form, so that the form is sent with it."""


def switches(request: HttpRequest) -> bool:
    """Say whether a form was sent only to read the page in another language."""
    return request.method == "POST" and CHOSEN in request.POST


def switched(request: HttpRequest, address: str) -> HttpResponse:
    """Lead back to a page in the language that was chosen; one that there is not changes nothing."""
    answer, chosen = redirect(address), request.POST.get(CHOSEN, "")
    if check_for_language(chosen):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return answer
