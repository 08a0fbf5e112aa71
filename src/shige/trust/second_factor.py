"""The second factor at sign-in: wrong codes wait longer each time, and a code works once, at enrolment too.

Only whoever knows the password comes to this step, so the wait goes by account, from every address together:
it locks nobody out who did not give the password away, nor whoever comes from a device known to the account.
"""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .commands.throttle import forget_failures, note_failure, waits
from .known_devices import device_for

ANYWHERE = "second factor"
"""Stands for the address in the count of wrong codes."""


class _Waiting(BaseAuthenticateForm):  # type: ignore[misc]
    """Check a code, unless too many wrong ones were typed for this account."""

    def clean_code(self) -> str:
        """Return the code; raises ValidationError where it is wrong, was used before, or has to wait."""
        account = str(self.user.pk)
        where = device_for(context.request, self.user.username) or ANYWHERE
        wait = waits(where, account)
        if wait is not None:
            said = _("Too many wrong codes. Please wait %(seconds)d seconds and try again.")
            raise ValidationError(said % {"seconds": wait.total_seconds() + 1})
        try:
            code: str = super().clean_code()
        except ValidationError:
            note_failure(where, account)
            raise
        forget_failures(where, account)
        return code


class WaitingAuthenticateForm(_Waiting, AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""


class WaitingReauthenticateForm(_Waiting, ReauthenticateForm):  # type: ignore[misc]
    """Before a change of one's own account."""


class ActivateOnceForm(ActivateTOTPForm):  # type: ignore[misc]
    """Set the second factor up; the code that proves it signs nobody in elsewhere."""

    def clean_code(self) -> Any:
        """Return the code, used from now on; raises ValidationError where it is wrong or was used before."""
        code = super().clean_code()
        shown = Authenticator(user=self.user, type=Authenticator.Type.TOTP).wrap()
        if not shown._mark_code_used(code):  # the key under which a sign-in looks it up
            raise ValidationError(_("This code was used already. Please wait for the next one."))
        return code
