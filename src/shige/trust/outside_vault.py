"""What lies outside the vault, but encrypted under its data keys: when the master key is changed it follows.

Such are secrets that the program must use again (the key of a device), reports that are being written, and
files. Opening them is not put on record, as every opening of the vault is.
"""

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from .commands.vault import data_key, key_in_use

NONCE = 12
BLOCK = 16


def locked_away(secret: bytes, name: str) -> tuple[int, bytes]:
    """Return the id of a data key and the secret encrypted under it; it opens under its own name only."""
    key, nonce = key_in_use(), secrets.token_bytes(NONCE)
    return key, nonce + AESGCM(data_key(key)).encrypt(nonce, secret, name.encode())


def taken_out(key: int, locked: bytes, name: str) -> bytes:
    """Return a secret in the clear."""
    return AESGCM(data_key(key)).decrypt(locked[:NONCE], locked[NONCE:], name.encode())


def stream(key: int, name: str, offset: int = 0) -> CipherContext:
    """Return what encrypts, and in the same way decrypts, bytes that arrive in pieces from ``offset`` on.

    ``name`` is never used twice under a data key. Unlike with a secret that is locked away, a change on the
    disk is not noticed: whoever reads the bytes has to check them anyway.
    """
    own = hmac.digest(data_key(key), f"stream\0{name}".encode(), hashlib.sha256)
    cipher = Cipher(AES(own), CTR((offset // BLOCK).to_bytes(BLOCK, "big"))).encryptor()
    cipher.update(bytes(offset % BLOCK))
    return cipher
