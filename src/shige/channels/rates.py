"""How often one address or telephone may knock in a minute (``SHIGE_PUBLIC_RATE``); 0 switches it off.

Counted in PostgreSQL, so that it holds across all web processes, with one short statement.
"""

import time
from typing import Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shige.trust.commands.vault import blind_index
from shige.trust.origin import network_of

from .models import Knocks

COUNT: Final = """
INSERT INTO channels_knocks AS held (sender, minute, count)
SELECT sender, %s, 1 FROM unnest(%s::bytea[]) AS sender
ON CONFLICT (sender) DO UPDATE SET
    count = CASE WHEN held.minute = excluded.minute THEN held.count + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING count
"""


class TooOftenError(Exception):
    """The sender has used up this minute, or has guessed too often and waits ``seconds``."""

    def __init__(self, seconds: int = 60) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        if self.seconds > 60:
            said = _("Too many attempts that did not fit. Please try again in %(minutes)d minutes.")
            return said % {"minutes": -(-self.seconds // 60)}
        return _("Too many requests from your connection. Please wait a minute; nothing you typed is lost.")


def count_request(kind: str, sender: str, times: int = 1) -> None:
    """Count one request of a sender, who may knock ``times`` the public rate.

    Raises
    ------
    TooOftenError
        The sender has knocked more often than allowed in this minute.
    """
    count_each((kind, sender), times=times)


def count_each(*knocks: tuple[str, str], times: int = 1) -> None:
    """Count one request of several senders, each a kind and a name, with one statement."""
    # In one order, so that two requests never wait for each other.
    senders = sorted({_key(kind, sender) for kind, sender in knocks if sender})
    if not senders or not settings.SHIGE_PUBLIC_RATE:
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_minute(), senders])
        if max(count for (count,) in cursor.fetchall()) > settings.SHIGE_PUBLIC_RATE * times:
            raise TooOftenError


def forget_knocks() -> int:
    """Delete the counts of past minutes."""
    return Knocks.objects.filter(minute__lt=_minute()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Return whose request it is: the household's address, behind the proxies that are configured."""
    return network_of(request)


def _key(kind: str, sender: str) -> bytes:
    return blind_index(f"knock.{kind}", sender)


def _minute() -> int:
    return int(time.time() // 60)
