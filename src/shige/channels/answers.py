"""Answers of a reporter, and reports of programs: each form is taken in once, however often it is sent."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from shige.matters.codes import form_digest, keyed

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


@contextmanager
def once(sender: str, key: str | None, content: str) -> Iterator[None]:
    """Hold a sender's ``Idempotency-Key`` to the content that it was first sent with.

    The block is one transaction: what is refused in it does not use the key up. Another sender's equal key is
    another key, since nobody may take keys away from others.

    Raises
    ------
    HttpError
        422, the key came with other content within ``LIFE``; 409, it is being answered at this moment (as
        draft-ietf-httpapi-idempotency-key-header has it).
    """
    if not key:
        yield
        return
    name, whole = (keyed("idempotency", form_digest(sender, key, part)) for part in ("", content))
    with transaction.atomic():
        _hold(name, whole)
        yield


def _hold(name: bytes, whole: bytes) -> None:
    taken = {bytes(mark.digest) for mark in TakenForm.objects.filter(digest__in=[name, whole])}
    if not taken:
        now = timezone.now()
        marks = [TakenForm(digest=each, taken_at=now) for each in (name, whole)]
        try:
            TakenForm.objects.bulk_create(marks)
        except IntegrityError as error:
            said = _("A request with this Idempotency-Key is being answered just now.")
            raise HttpError(409, said) from error
    elif whole not in taken:
        raise HttpError(422, _("This Idempotency-Key was used with other content. Please take a new one."))


def forget_taken() -> int:
    """Delete the marks of forms that nobody sends again; return how many (P6)."""
    return TakenForm.objects.filter(taken_at__lt=timezone.now() - LIFE).delete()[0]
