"""The mark that a full sign-in leaves in a browser: it opens nothing, but tells a known device from others.

A cookie for each account, sealed under a key of this installation. Wrong passwords of a known device are
counted by themselves, so that nobody who shares the office's address holds its people up; and what a resident
has to say is not said in a browser in which somebody signs in at work (R25).
"""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .commands.vault import blind_index
from .models import Person
from .page_access import viewer_in
from .veil import unveiled, veiled

PREFIX: Final = "known_"
LASTS: Final = timedelta(days=365)
READ: Final = 20
"""Marks of one browser that are looked at; an office computer has a handful."""

_USE: Final = "known device"


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody (``person``, an id) has signed in fully; ``password`` tells of which password it was."""

    person: int
    device: str
    password: str


def leave_mark(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Mark the browser of somebody who has just signed in with both factors."""
    password = _password_of(person)
    held = _read(request.COOKIES.get(_name(person.username), ""))
    known = held is not None and (held.person, held.password) == (person.pk, password)
    device = held.device if held and known else secrets.token_hex(16)
    response.set_cookie(
        _name(person.username),
        veiled(_USE, f"{person.pk} {device} {password} {int(time.time())}"),
        max_age=LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def device_for(request: HttpRequest, username: str) -> str | None:
    """Return the device in which this account is known; None where it is strange to it.

    A new password ends the marks that were left before.
    """
    held = _read(request.COOKIES.get(_name(username), ""))
    if held is None:
        return None
    person = Person.objects.filter(pk=held.person, username__iexact=username, is_active=True).first()
    return held.device if person is not None and _password_of(person) == held.password else None


def any_device(request: HttpRequest) -> str | None:
    """Return a device as whatever account knows it, whether its password has changed since or not."""
    return next((mark.device for mark in _marks(request)), None)


def worker_in(request: HttpRequest) -> int | None:
    """Return who works with this browser: who is signed in, else who has signed in here fully before."""
    if (signed_in := viewer_in(request).person) is not None:
        return signed_in
    marked = [mark.person for mark in _marks(request)]
    working = set(Person.objects.filter(pk__in=marked, is_active=True).values_list("pk", flat=True))
    return next((person for person in marked if person in working), None) if marked else None


def _marks(request: HttpRequest) -> Iterator[Mark]:
    names = sorted(name for name in request.COOKIES if name.startswith(PREFIX))
    for name in names[:READ]:
        if (held := _read(request.COOKIES[name])) is not None:
            yield held


def _read(written: str) -> Mark | None:
    try:
        person, device, password, since = unveiled(_USE, written).split()
    except ValueError:
        return None
    if int(since) < time.time() - LASTS.total_seconds():
        return None
    return Mark(int(person), device, password)


def _name(username: str) -> str:
    return PREFIX + blind_index(_USE, username.lower()).hex()[:16]


def _password_of(person: Person) -> str:
    """Return what tells one password of somebody from the next, and nothing of either."""
    return person.get_session_auth_hash()[:16]
