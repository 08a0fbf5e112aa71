"""What a request shows of matters to people at work goes on record before the answer leaves (P5, P7)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shige.trust.page_access import viewer_in

from .visibility.commands import keep_receipts
from .visibility.shown import gathering

Handler = Callable[[HttpRequest], HttpResponseBase]


class ReadingMiddleware:
    """Write the receipts of a request whose answer shows words; whatever page it is, none is forgotten."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Gather what is shown, answer, and put it on record."""
        with gathering() as shown:
            answer = self.get_response(request)
        if (shown.listed or shown.opened) and answer.status_code in (200, 422):
            keep_receipts(viewer_in(request), shown, api=request.path.startswith("/api/"))
        return answer
