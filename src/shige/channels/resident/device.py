"""What a resident's device remembers of its own matters: codes and keys, in one signed cookie."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from shige.matters.codes import plain

COOKIE = "mine"
MOST = 20
KEPT_SECONDS = 400 * 24 * 3600

Saved = list[tuple[str, str]]


def saved(request: HttpRequest) -> Saved:
    """Return tracking codes and device keys, the newest first; nothing from a cookie that was changed."""
    try:
        held = Signer(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""))
        return [(str(code), str(key)) for code, key in json.loads(held)]
    except (BadSignature, ValueError):
        return []


def key_for(request: HttpRequest, code: str) -> str:
    """Return this device's key for a code, empty where it has none."""
    wanted = plain(code)
    return next((key for known, key in saved(request) if plain(known) == wanted), "")


def remember(request: HttpRequest, response: HttpResponse, code: str, key: str) -> None:
    """Save one more matter on this device."""
    others = [entry for entry in saved(request) if plain(entry[0]) != plain(code)]
    write(response, [(code, key), *others][:MOST])


def forget(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Take a matter off this device."""
    write(response, [entry for entry in saved(request) if entry[0] != code])


def write(response: HttpResponse, entries: Iterable[tuple[str, str]]) -> None:
    """Set the cookie."""
    response.set_cookie(
        COOKIE,
        Signer(salt=COOKIE).sign(json.dumps(list(entries), separators=(",", ":"))),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
