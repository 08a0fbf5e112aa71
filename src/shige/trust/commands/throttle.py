"""Wrong passwords and guessed telephones make the next try wait, longer each time, and only there.

Counted in PostgreSQL for all processes, by address and account together: nobody locks somebody else out.
"""

from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from ..models import SignInFailure
from .vault import blind_index

FREE: Final = 3
"""Wrong tries without a wait."""

LONGEST: Final = timedelta(minutes=15)

COUNT: Final = """
INSERT INTO trust_signinfailure AS held (sender, count, waits_until) VALUES (%s, 1, now())
ON CONFLICT (sender) DO UPDATE SET
    count = CASE WHEN held.waits_until < now() - interval '1 day' THEN 1 ELSE held.count + 1 END,
    waits_until = now() + least(%s, power(2, greatest(held.count + 1 - %s, 0)) - 1) * interval '1 second'
"""


def waits(address: str, username: str) -> timedelta | None:
    """Return how long this address has to wait before the next try at this account; None if not at all.

    ``username`` is an account, or whatever else is guessed at, such as the telephone of a tracking code.
    """
    found = SignInFailure.objects.filter(sender=_key(address, username), waits_until__gt=timezone.now())
    until = found.values_list("waits_until", flat=True).first()
    return until - timezone.now() if until else None


def note_failure(address: str, username: str) -> None:
    """Count a wrong password; from the fourth on the wait doubles, up to a quarter of an hour."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(address, username), LONGEST.total_seconds(), FREE])


def forget_failures(address: str, username: str) -> None:
    """Forget the wrong tries of whoever has signed in."""
    SignInFailure.objects.filter(sender=_key(address, username)).delete()


def forget_old_failures() -> int:
    """Delete the counts that no longer matter."""
    return SignInFailure.objects.filter(waits_until__lt=timezone.now() - timedelta(days=1)).delete()[0]


def _key(address: str, username: str) -> bytes:
    return blind_index("sign-in", f"{address} {username.lower()}")
