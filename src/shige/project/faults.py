"""What somebody sees who asks for what is not there, not theirs, or broken: a page, or problem details."""

import sys
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from shige.channels.calls import calls

from .api import problem
from .room import Want, wanting

TITLES = {
    400: "The request cannot be read",
    403: "Not allowed",
    404: "Not found",
    500: "Something broke here",
    503: "Nothing can be kept at present",
}
AGAIN_SECONDS: Final = 60


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    return _answer(request, 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where the gate refused."""
    return _answer(request, 403)


def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that comes without the cookie that was given with it: mostly cookies are off."""
    if request.path.startswith("/api/"):
        return problem(request, 403, TITLES[403])
    shown = {"status": 403, "unproven": True, "calls": calls(), "around": frame_around(request, 403)}
    return render(request, "fault.html", shown, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing, or nothing that may be seen."""
    return _answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the program failed; what happened stands in its log."""
    wants = wanting(sys.exception())
    if wants is None:
        return _answer(request, 500)
    connection.close()
    answer = _answer(request, 503, wants)
    answer["Retry-After"] = str(AGAIN_SECONDS)
    return answer


def _answer(request: HttpRequest, status: int, wants: Want | None = None) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(request, status, TITLES[status])
    if wants:  # a page that asks the database for nothing
        return HttpResponse(
            render_to_string("wanting.html", {"wants": wants, "calls": calls()}), status=status
        )
    return render(
        request, "fault.html", {"status": status, "around": frame_around(request, status)}, status=status
    )


def frame_around(request: HttpRequest, status: int) -> str:
    """Return the frame of whoever is signed in where only the page is refused; else that of everybody."""
    at_work = status in (403, 404) and getattr(getattr(request, "user", None), "is_authenticated", False)
    return "console.html" if at_work else "resident.html"
