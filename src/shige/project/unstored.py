"""Nothing that shows people's data is kept by a browser or on the way to it: deny by default."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

STORABLE: Final = frozenset(
    {
        "channels:home", "channels:report", "channels:offline", "channels:worker", "channels:queued",
        "channels:sort", "channels:place", "channels:places", "channels:privacy", "channels:advice",
        "channels:warnings", "channels:wishes", "channels:things", "channels:solved", "insight:open",
    }
)  # fmt: skip
"""Pages for everybody that show nobody: who goes back finds there what they typed."""

Handler = Callable[[HttpRequest], HttpResponseBase]


class UnstoredMiddleware:
    """Forbid to store an answer that says nothing of it itself, unless its page shows nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the header where it is wanted."""
        answer = self.get_response(request)
        match = request.resolver_match
        # Without a session nobody is signed in, and no statement has to ask.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if signed_in or match is None or match.view_name not in STORABLE:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
