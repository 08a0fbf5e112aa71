"""Running keys in addresses, forms and cursors: veiled, since from two the others can be counted.

AES-SIV (RFC 5297) under a key of this installation: the same key is always written alike, so that an address
can be kept, and nothing but what was written here can be read.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from shige.trust.commands.vault import blind_index


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
