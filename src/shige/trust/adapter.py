"""How django-allauth treats our accounts."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .commands.throttle import forget_failures, note_failure, waits
from .known_devices import device_for
from .origin import network_of, origin_of

SPRAYED: Final = "wrong_passwords"
SPRAYED_RATE: Final = "20/m/ip"
"""One password tried on many accounts from one address."""


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by `shige user add` or by an office, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: nobody signs up by themselves."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again before a change, but not to set the second factor up the first time."""
        return bool(is_mfa_enabled(self.request.user) and super().is_reauthentication_required(app=app))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address behind the proxies that are configured, as everywhere."""
        return origin_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count wrong passwords of an address over all accounts together, but for devices that are known."""
        self._login_failed_rl_usage = None
        if device_for(request, str(credentials.get("username", ""))) is not None:
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action=SPRAYED, config={SPRAYED: SPRAYED_RATE}
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, unless wrong ones came too often: from this device, else from this address."""
        username = str(credentials.get("username", ""))
        address = device_for(request, username) or network_of(request)
        wait = waits(address, username)
        if wait is not None:
            said = _("Too many wrong passwords. Please wait %(seconds)d seconds and try again.")
            raise ValidationError(said % {"seconds": wait.total_seconds() + 1})
        user = super().authenticate(request, **credentials)
        if user is None:
            note_failure(address, username)
        else:
            forget_failures(address, username)
        return user
