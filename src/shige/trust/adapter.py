"""How django-allauth treats our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .commands.throttle import forget_failures, note_failure, waits
from .origin import network_of, origin_of


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

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, unless this address tried this account too often with wrong ones."""
        address, username = network_of(request), str(credentials.get("username", ""))
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
