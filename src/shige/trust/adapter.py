"""How django-allauth treats our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by `shige user add` or by an office, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: nobody signs up by themselves."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again before a change, but not to set the second factor up the first time."""
        return bool(is_mfa_enabled(self.request.user) and super().is_reauthentication_required(app=app))
