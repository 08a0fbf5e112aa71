"""Codes that a reporter holds: the tracking code and the key of the device. Only their hashes are stored."""

import hashlib
import re
import secrets
from typing import Final

from shige.language.numerals import narrow
from shige.trust.commands.vault import blind_index

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code survives being read aloud."""

BYTES: Final = 10
"""80 random bits: nobody guesses one."""

LENGTH: Final = BYTES * 8 // 5
_READ_AS: Final = str.maketrans("ILO", "110")
GROUPS: Final = re.compile(r"(?<![0-9A-Z])(?=([0-9A-Z]{4}(?:[^0-9A-Z]{0,3}[0-9A-Z]{4}){3})(?![0-9A-Z]))")
"""Sixteen letters and digits, in groups or not, as a code is written; what stands before it is none of it."""


def tracking_code(form: bytes | None) -> str:
    """Return a new code; the same form sent twice (its hash is given) has the same one."""
    return grouped(secrets.token_bytes(BYTES) if form is None else keyed("tracking", form)[:BYTES])


def device_key(form: bytes | None) -> str:
    """Return a new key for the device that files; the same form has the same one."""
    return secrets.token_urlsafe(24) if form is None else keyed("device", form)[:24].hex()


def keyed(use: str, form: bytes) -> bytes:
    """Return bytes that only this installation can derive from the hash of a form."""
    return blind_index(f"matter.{use}", form.hex())


def grouped(raw: bytes) -> str:
    """Write bits, 20 or a multiple, as groups of four characters: 80 bits are ``7K3M-0XQ9-…``."""
    number, bits = int.from_bytes(raw, "big"), len(raw) * 8
    letters = [ALPHABET[number >> shift & 31] for shift in range(bits - 5, -1, -5)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, len(letters), 4))


def plain(code: str) -> str:
    """Return a code as it is hashed, however it was typed or pasted.

    Capitals without dashes; full-width, with blanks, signs and marks that nobody sees; letters that look like
    digits read as such; as a whole link, or with words before it.
    """
    text = narrow(code).upper()
    text = text.rpartition("/M/")[2].partition("/")[0] or text
    groups = list(GROUPS.finditer(text))
    return re.sub(r"[^0-9A-Z]", "", groups[-1][1] if groups else text).translate(_READ_AS)


def digest(secret: str) -> bytes:
    """Return what is stored of a secret; 80 random bits and more need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


def code_digest(code: str) -> bytes:
    """Return what is stored of a tracking code, however it was typed."""
    return digest(plain(code))


def form_digest(key: str, *content: str) -> bytes:
    """Return the hash of a form: who happens on the same key with other content sends another form."""
    return digest("\0".join((key, *content)))
