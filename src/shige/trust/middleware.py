"""Who is asking: the viewer of each request, and the second factor of staff."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .gate import PUBLIC, Viewer
from .known_devices import leave_mark
from .models import Person
from .queries import viewer_of

SAMPLE_SESSION = "sample_sign_in"
REDIRECT = 302
OPEN_PREFIXES = ("/accounts/", "/static/", "/i18n/")

Handler = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Set ``request.viewer``, looked up only when something asks for it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the viewer."""
        request.viewer = SimpleLazyObject(lambda: self.viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def viewer(request: HttpRequest) -> Viewer:
        """Return the signed-in person as the gate knows them, or the public."""
        return viewer_of(request.user) if isinstance(request.user, Person) else PUBLIC


class KnownDeviceMiddleware:
    """Mark the browser in which somebody has just signed in with both factors."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look after each form of signing in whether it was the last one; sample links leave no mark."""
        response = self.get_response(request)
        went_on = request.method == "POST" and response.status_code == REDIRECT
        if went_on and request.path.startswith("/accounts/") and self.is_signed_in_fully(request):
            leave_mark(request, response, request.user)  # type: ignore[arg-type]
        return response

    @staticmethod
    def is_signed_in_fully(request: HttpRequest) -> bool:
        """Say whether somebody has signed in with both factors."""
        person = isinstance(request.user, Person) and not request.session.get(SAMPLE_SESSION)
        return bool(person and is_mfa_enabled(request.user))


class SecondFactorMiddleware:
    """Send a signed-in person without TOTP to its set-up page, and nowhere else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let residents, one-time sample sessions and fully signed-in people pass."""
        if self.lacks_second_factor(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def lacks_second_factor(self, request: HttpRequest) -> bool:
        """Say whether this is an account that has yet to set up its second factor."""
        if not request.user.is_authenticated or request.path.startswith(OPEN_PREFIXES):
            return False
        return not request.session.get(SAMPLE_SESSION) and not is_mfa_enabled(request.user)
