"""Secrets that the program must use again, such as the key of a device: encrypted, but no personal data.

They lie outside the vault, whose every opening is put on record, under the vault's data keys: when the master
key is changed they follow.
"""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .commands.vault import data_key, key_in_use

NONCE = 12


def locked_away(secret: bytes, name: str) -> tuple[int, bytes]:
    """Return the id of a data key and the secret encrypted under it; it opens under its own name only."""
    key, nonce = key_in_use(), secrets.token_bytes(NONCE)
    return key, nonce + AESGCM(data_key(key)).encrypt(nonce, secret, name.encode())


def taken_out(key: int, locked: bytes, name: str) -> bytes:
    """Return a secret in the clear."""
    return AESGCM(data_key(key)).decrypt(locked[:NONCE], locked[NONCE:], name.encode())
