"""Running keys in addresses, forms, cursors and numbers: veiled, since from two the others can be counted.

AES-SIV (RFC 5297) under a key of this installation: the same key is always written alike, so that an address
can be kept, and nothing but what was written here can be read.

Where people read or say a number, its running key is shuffled instead: a Feistel network over 20 bits with a
tweak, walked until it falls below a million (Black and Rogaway, *Ciphers with arbitrary finite domains*,
2002). No two keys below a million have the same number, and nothing has to be looked up.
"""

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from .commands.vault import blind_index

DIGITS: Final = 6
RANGE: Final = 10**DIGITS
_HALF: Final = 10
_MASK: Final = 2**_HALF - 1
_ROUNDS: Final = 4


def veiled(use: str, text: str) -> str:
    """Return a short text as letters and digits that tell nothing of it; ``use`` keeps kinds apart."""
    locked = AESSIV(blind_index("veil", use)).encrypt(text.encode(), None)
    return base64.urlsafe_b64encode(locked).decode().rstrip("=")


def unveiled(use: str, written: str) -> str:
    """Return the text that ``veiled`` has written.

    Raises
    ------
    ValueError
        It was not written here, or for another use.
    """
    try:
        locked = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
        return AESSIV(blind_index("veil", use)).decrypt(locked, None).decode()
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise ValueError("this was not written here") from error


class VeiledKey:
    """A running key in an address: ``<veiled:pk>`` of a path; what was not written here is not found."""

    regex = "[A-Za-z0-9_-]{20,90}"

    def to_python(self, written: str) -> int:
        """Return the key; ValueError where it was not written here."""
        return int(unveiled("key", written))

    def to_url(self, key: int) -> str:
        """Return the key as it stands in an address."""
        return veiled("key", str(key))


def shuffled(running: int, use: str, tweak: str = "") -> int:
    """Return another number below ``RANGE``; each ``running`` has one of its own for each use and tweak."""
    found = _permuted(running, use, tweak)
    while found >= RANGE:
        found = _permuted(found, use, tweak)
    return found


def _permuted(number: int, use: str, tweak: str) -> int:
    left, right = number >> _HALF, number & _MASK
    for turn in range(_ROUNDS):
        mixed = int.from_bytes(blind_index(use, f"{tweak} {turn} {right}")[:2], "big") & _MASK
        left, right = right, left ^ mixed
    return left << _HALF | right
