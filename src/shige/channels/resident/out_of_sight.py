"""A sealed matter behind its code: no address that a history can list opens it.

Whoever opens the address of a sealed matter's code is led on to one address that all of them share. The code
goes with them in a cookie, which the page that it opens uses up; forms on that page say the code themselves.
So neither the history, nor Back, nor a reload shows such a page to whoever has the phone next. Only of a code
that was just given, and is saved nowhere, the page can be loaded again until it is noted.
"""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

COOKIE: Final = "opening"
FIELD: Final = "of"
"""The field by which a form of such a page says its code."""

LIFE_SECONDS: Final = 600
"""How long a page whose code is still to be noted can be loaded again."""

SHARED: Final = {
    "channels:tracking": "channels:progress",
    "channels:answer": "channels:progress_answer",
    "channels:own_data": "channels:progress_data",
}
"""What each page behind a code is called where its code is out of sight."""


def led_out_of_sight(request: HttpRequest, name: str, code: str, *, noted: bool = True) -> HttpResponse:
    """Lead to the shared address of a page; ``noted`` says that it opens once and not again."""
    query = request.GET.urlencode()
    answer = redirect(reverse(SHARED[name]) + (f"?{query}" if query else ""))
    answer.set_cookie(
        COOKIE,
        TimestampSigner(salt=COOKIE).sign(f"{code}.{'once' if noted else 'again'}"),
        max_age=LIFE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def code_out_of_sight(request: HttpRequest) -> tuple[str, bool]:
    """Return the code that a form says or that was led here, and whether it may be loaded again."""
    if request.method == "POST":
        return request.POST.get(FIELD, "")[:40], False
    try:
        held = TimestampSigner(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""), max_age=LIFE_SECONDS)
    except BadSignature:
        return "", False
    code, _dot, turn = held.rpartition(".")
    return code, turn == "again"


def used_up(answer: HttpResponse) -> HttpResponse:
    """Let a page that was shown not be opened a second time."""
    answer.delete_cookie(COOKIE)
    return answer


def action(name: str, code: str, *, sealed: bool) -> str:
    """Return where a form of a page behind a code is sent."""
    return reverse(SHARED[name]) if sealed else reverse(name, args=[code])
