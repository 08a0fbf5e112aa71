"""Count what comes without an account: every public address has a limit, pages and end-points alike.

Reading is counted generously, for a whole neighbourhood may share one address of its carrier; what writes or
guesses is counted once more, and stricter, where it does so (``rates.knock``).
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import ResolverMatch

from shige.trust.known_devices import any_device
from shige.trust.page_access import PUBLIC_ACCESS

from .calls import calls
from .rates import TooOftenError, address_of, count_request
from .resident.drafts import discard_all

READS: Final = 40
"""Requests that read, or send a piece of a file, for each one of the public rate."""

WRITES: Final = 4
UNCOUNTED: Final = frozenset({"healthz"})
"""Says that the process lives, also without a database."""

TOO_OFTEN: Final = 429
AGAIN_SECONDS: Final = "60"
"""When it is counted anew, at the latest."""

SIGNING_IN: Final = frozenset({"account_login", "mfa_authenticate"})
"""Where whoever shares an address must not hold up the people of an office."""

PIECES: Final = frozenset({"PATCH", "HEAD", "OPTIONS"})
"""Methods by which a file goes on; a photo comes in up to forty pieces."""

LEFT: Final = "left"
"""The cookie that a browser sets when somebody leaves quickly: without a line nothing else can be said."""

Handler = Callable[[HttpRequest], HttpResponse]


class PublicRateMiddleware:
    """Answer 429 to an address that asks more often than ``SHIGE_PUBLIC_RATE`` allows."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say with every refusal when to try again, whichever page refused."""
        answer = self.get_response(request)
        if answer.status_code == TOO_OFTEN:
            answer.headers.setdefault("Retry-After", AGAIN_SECONDS)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a page or an end-point that has counted once more, and found that it was too often."""
        if not isinstance(exception, TooOftenError):
            return None
        answer = _refused(request, str(exception))
        answer["Retry-After"] = str(exception.seconds)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Count a request for a page that anybody may open."""
        if request.resolver_match is None or not is_open(request.resolver_match):
            return None
        writes = request.method not in PIECES and request.method != "GET"
        try:
            count_request("write" if writes else "read", _sender(request), WRITES if writes else READS)
        except TooOftenError as error:
            return _refused(request, str(error))
        except DatabaseError:
            return None  # without a database, or room in it, the page itself says what can be done
        return None


class LeftQuicklyMiddleware:
    """Drop what was being written when somebody left without a line (快速离开): no page tells of it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if nothing had been written."""
        left = LEFT in request.COOKIES
        if left:
            discard_all(request)
        answer = self.get_response(request)
        if left:
            answer.delete_cookie(LEFT)
        return answer


def _sender(request: HttpRequest) -> str:
    """Return who is counted: an address, but of somebody who signs in as often before their device."""
    match = request.resolver_match
    signs_in = match is not None and match.url_name in SIGNING_IN
    return (any_device(request) if signs_in else None) or address_of(request)


def is_open(match: ResolverMatch) -> bool:
    """Say whether an address is open to people without an account, signing in included."""
    if "api" in match.namespaces:
        return "/public/" in match.route
    # What declares nothing is not ours: django-allauth, and the choice of a language.
    return getattr(match.func, "access", PUBLIC_ACCESS) == PUBLIC_ACCESS and match.url_name not in UNCOUNTED


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """Say so to people with the numbers to call (P4), to programs as problem details."""
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": why, "status": TOO_OFTEN}
        return JsonResponse(told, status=TOO_OFTEN, content_type="application/problem+json")
    shown = {"why": why, "calls": calls(), "typed": _typed(request), "files": bool(request.FILES)}
    answer = render(request, "channels/too_often.html", shown, status=TOO_OFTEN)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of a resident said that was not taken in, so that it can be sent again."""
    match = request.resolver_match
    if request.method != "POST" or match is None or "channels" not in match.namespaces:
        return []  # a form of somebody who signs in has passwords
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
