"""One-time codes by which somebody shows to hold a telephone; the answer never tells whether it is known."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from shige.matters.own_data.commands.recovery import (
    PHONE,
    Recovered,
    codes_of,
    ordinary_of,
)
from shige.trust.commands import enqueue
from shige.trust.commands.vault import blind_index
from shige.trust.gate import PUBLIC
from shige.trust.telephone_field import telephone

from ..models import Recovery

KIND: Final = "code.recovery"
VALID: Final = timedelta(minutes=10)
APART: Final = timedelta(minutes=1)
"""How long after one code another is sent."""

PER_DAY: Final = 5
TRIES: Final = 5
DIGITS: Final = 6
SALT: Final = "recovery"


@transaction.atomic
def ask(written: str) -> str:
    """Send a one-time code to a telephone with which an ordinary matter was left; return what stands for it.

    Whether the number is known, whether a code was sent just now or too often today: the answer is the same.

    Raises
    ------
    ValidationError
        By field: it is no telephone number.
    """
    blind = blind_index(PHONE, telephone(written))
    Recovery.objects.get_or_create(phone=blind)
    row = Recovery.objects.select_for_update().get(phone=blind)
    moment, today = timezone.now(), timezone.localdate()
    if row.day != today:
        row.day, row.sent = today, 0
    known = next(iter(ordinary_of(blind)), None)
    if row.sent < PER_DAY and (row.made_at is None or moment - row.made_at >= APART):
        row.nonce, row.made_at, row.tries, row.sent = secrets.token_bytes(16), moment, 0, row.sent + 1
        if known is not None:
            enqueue(KIND, "recovery", urlsafe_b64encode(blind).decode(), receiver_handle=known.phone_handle)
    row.save()
    return signing.dumps(blind.hex(), salt=SALT)


def check(token: str, typed: str) -> list[Recovered] | None:
    """Return the codes for a one-time code that fits; None for one that does not, is used, or is too old."""
    try:
        blind = bytes.fromhex(signing.loads(token, salt=SALT, max_age=VALID))
    except (signing.BadSignature, ValueError):
        return None
    with transaction.atomic():
        row = Recovery.objects.select_for_update().filter(phone=blind).first()
        wanted = one_time(row) if row is not None else ""
        if row is None or not wanted:
            return None
        row.tries += 1
        fits = hmac.compare_digest(wanted, "".join(part for part in typed if part.isdecimal())[:DIGITS])
        if fits:
            row.nonce = b""
        row.save(update_fields=["tries", "nonce"])
    return codes_of(PUBLIC, blind) if fits else None


def one_time(row: Recovery) -> str:
    """Return the code of a row while it is valid: from the nonce and a key that is not in the database."""
    if not row.nonce or row.made_at is None or row.tries >= TRIES or timezone.now() - row.made_at > VALID:
        return ""
    derived = blind_index("recovery.code", f"{bytes(row.phone).hex()} {bytes(row.nonce).hex()}")
    number = int.from_bytes(hashlib.sha256(derived).digest()[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def waiting(subject: str) -> str:
    """Return the one-time code that a message is to bring; empty once it is used or too old."""
    row = Recovery.objects.filter(phone=urlsafe_b64decode(subject)).first()
    return one_time(row) if row is not None else ""


def forget_recoveries() -> int:
    """Delete what was asked for on days that are over; return how many."""
    return Recovery.objects.filter(day__lt=timezone.localdate()).delete()[0]
