"""Answers of a reporter: each form is taken in once, however often it is sent."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.utils import timezone

from .models import TakenForm

FIELD: Final = "form"
"""Name of the field with the key of a form."""

LIFE: Final = timedelta(days=2)


def form_key() -> str:
    """Return the key of a form that is shown now."""
    return secrets.token_urlsafe(12)


def first_time(code: str, act: str, key: str) -> bool:
    """Note that a form of a tracking page is taken in; False where it was already.

    Call it in the transaction that takes the answer in: of two presses in one instant the second waits for
    the first. A form without ``key`` is always new.
    """
    if not key:
        return True
    digest = hashlib.sha256("\0".join((code, act, key)).encode()).digest()
    _mark, new = TakenForm.objects.get_or_create(digest=digest, defaults={"taken_at": timezone.now()})
    return new


def forget_taken() -> int:
    """Delete the marks of forms that nobody sends again; return how many (P6)."""
    return TakenForm.objects.filter(taken_at__lt=timezone.now() - LIFE).delete()[0]
