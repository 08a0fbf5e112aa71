"""Doors in front of pages and end-points: each declares who may open it, or it does not open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from .commands import mark_seen_about, use_token
from .gate import Viewer, may
from .messages import About, shown_by
from .permissions import Action
from .queries import viewer_of

PUBLIC_ACCESS: Final = "public"
SIGNED_IN: Final = "signed in"
SHOWN: Final = 200

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Declare a page that anybody may open."""
    view.access = PUBLIC_ACCESS  # type: ignore[attr-defined]
    return view


def staff_page(action: Action | None = None) -> Callable[[View], View]:
    """Declare a page for people at work who may do ``action``; without one, for anybody signed in."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if action is not None and not may(viewer_in(request), action):
                raise PermissionDenied(action)
            return _opened(request, lambda: view(request, *args, **kwargs))

        guarded.access = action or SIGNED_IN  # type: ignore[attr-defined]
        return guarded

    return declare


def _opened(request: HttpRequest, show: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Show a page; the messages about what it shows are read with it, unless it was refused."""
    request.opened = about = shown_by(request)  # type: ignore[attr-defined]
    try:
        answer = show()
    finally:
        request.opened = None  # type: ignore[attr-defined]
    if about is not None and answer.status_code == SHOWN:
        mark_seen_about(viewer_in(request), about)
    return answer


def opened_in(request: HttpRequest) -> About | None:
    """Return what the page that is being shown is about, if messages may be about it."""
    return getattr(request, "opened", None)


def viewer_in(request: HttpRequest) -> Viewer:
    """Return the viewer of this request, as the middleware or a bearer token set it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def admitted(request: HttpRequest, action: Action) -> Viewer:
    """Return who asks, as a page's door does; PermissionDenied where they may not do ``action`` anywhere."""
    viewer = viewer_in(request)
    if not may(viewer, action):
        raise PermissionDenied(action)
    return viewer


class BearerToken(HttpBearer):
    """A bearer token: acts as its person, narrowed to the token's actions."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """Return the viewer that the token stands for, or nothing."""
        held = use_token(token)
        if held is None:
            return None
        request.viewer = viewer_of(held.person, held.actions)  # type: ignore[attr-defined]
        return viewer_in(request)


class StaffSession(APIKeyCookie):
    """The session of a signed-in person; unsafe methods need the CSRF token as well."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Viewer | None:
        """Leave a request with a token to the token: one that is not in force opens nothing else."""
        return None if "Authorization" in request.headers else super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """Return the viewer of the session, or nothing for the public."""
        return viewer_in(request) if request.user.is_authenticated else None


STAFF_AUTH: Final = [BearerToken(), StaffSession()]
"""For an end-point of the API: a bearer token or a staff session. The token comes first, because a session is
refused where the CSRF token is missing, which a program with a bearer token has none of and needs none of."""
