"""One-time codes by which somebody shows to hold a telephone; the answer never tells whether it is known.

Each network address has a code of its own for a telephone, with its own tries: whoever asks for somebody
else's, or guesses at it, uses up nothing of its owner's. The next code waits longer each time, only there.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from shige.matters.own_data.commands.recovery import PHONE, Recovered, codes_of, ordinary_of
from shige.trust.commands import enqueue
from shige.trust.commands.vault import blind_index
from shige.trust.gate import PUBLIC
from shige.trust.telephone_field import telephone

from ..models import Recovery
from ..rates import TooOftenError

KIND: Final = "code.recovery"
VALID: Final = timedelta(minutes=10)
APART: Final = timedelta(minutes=1)
"""How long after one code another is sent; from the fourth of a day on twice as long each time."""

LONGEST: Final = timedelta(hours=1)
FREE: Final = 3
PER_DAY: Final = 20
"""Codes of a day for one telephone from all addresses together; the next ones are ``LONGEST`` apart."""

TRIES: Final = 5
DIGITS: Final = 6
SALT: Final = "recovery"


@transaction.atomic
def ask(written: str, address: str) -> str:
    """Send a one-time code to a telephone with which an ordinary matter was left; return what stands for it.

    Whether the number is known or not: the answer is the same.

    Raises
    ------
    ValidationError
        By field: it is no telephone number.
    TooOftenError
        This address has to wait before another code is sent to that telephone, and the last one is used up.
    """
    blind = blind_index(PHONE, telephone(written))
    sender = blind_index("recovery.sender", f"{blind.hex()} {address}")
    Recovery.objects.get_or_create(sender=sender, defaults={"phone": blind})
    row = Recovery.objects.select_for_update().get(sender=sender)
    moment, today = timezone.now(), timezone.localdate()
    if row.day != today:
        row.day, row.sent = today, 0
    wait = _wait(row, moment)
    if wait <= timedelta():
        row.nonce, row.made_at, row.tries, row.sent = secrets.token_bytes(16), moment, 0, row.sent + 1
        row.save()
        _send(row)
    elif not one_time(row):
        raise TooOftenError(int(wait.total_seconds()) + 1)
    return signing.dumps(sender.hex(), salt=SALT)


def _wait(row: Recovery, moment: datetime) -> timedelta:
    """Return how long it is to the next code: after the last one from there, and after too many from all."""
    own = min(APART * 2 ** max(0, row.sent - FREE), LONGEST)
    waits: list[timedelta] = [row.made_at + own - moment] if row.made_at else []
    every = Recovery.objects.filter(phone=row.phone, day=row.day)
    told = every.aggregate(sent=Sum("sent", default=0), last=Max("made_at"))
    if told["sent"] >= PER_DAY:
        waits.append(told["last"] + LONGEST - moment)
    return max(waits, default=timedelta())


def _send(row: Recovery) -> None:
    known = next(iter(ordinary_of(bytes(row.phone))), None)
    if known is not None:
        subject = urlsafe_b64encode(row.sender).decode()
        enqueue(KIND, "recovery", subject, receiver_handle=known.phone_handle)


def check(token: str, typed: str) -> list[Recovered] | None:
    """Return the codes for a one-time code that fits; None for one that does not, is used, or is too old."""
    try:
        sender = bytes.fromhex(signing.loads(token, salt=SALT, max_age=VALID))
    except (signing.BadSignature, ValueError):
        return None
    with transaction.atomic():
        row = Recovery.objects.select_for_update().filter(sender=sender).first()
        wanted = one_time(row) if row is not None else ""
        if row is None or not wanted:
            return None
        row.tries += 1
        fits = hmac.compare_digest(wanted, "".join(part for part in typed if part.isdecimal())[:DIGITS])
        if fits:
            row.nonce = b""
        row.save(update_fields=["tries", "nonce"])
    return codes_of(PUBLIC, bytes(row.phone)) if fits else None


def one_time(row: Recovery) -> str:
    """Return the code of a row while it is valid: from the nonce and a key that is not in the database."""
    if not row.nonce or row.made_at is None or row.tries >= TRIES or timezone.now() - row.made_at > VALID:
        return ""
    derived = blind_index("recovery.code", f"{bytes(row.sender).hex()} {bytes(row.nonce).hex()}")
    number = int.from_bytes(hashlib.sha256(derived).digest()[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def waiting(subject: str) -> str:
    """Return the one-time code that a message is to bring; empty once it is used or too old."""
    row = Recovery.objects.filter(sender=urlsafe_b64decode(subject)).first()
    return one_time(row) if row is not None else ""


def forget_recoveries() -> int:
    """Delete what was asked for on days that are over; return how many."""
    return Recovery.objects.filter(day__lt=timezone.localdate()).delete()[0]
