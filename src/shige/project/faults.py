"""What somebody sees who asks for what is not there, not theirs, or broken: a page, or problem details."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .api import problem

TITLES = {
    400: "The request cannot be read",
    403: "Not allowed",
    404: "Not found",
    500: "Something broke here",
}


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    return _answer(request, 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where the gate refused."""
    return _answer(request, 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing, or nothing that may be seen."""
    return _answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the program failed; what happened stands in its log."""
    return _answer(request, 500)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(request, status, TITLES[status])
    return render(request, "fault.html", {"status": status}, status=status)
