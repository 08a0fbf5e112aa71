"""What the register encrypts and hashes under its own key: names, telephones, words, codes of links."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import unicodedata
import uuid
from dataclasses import asdict, dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import key_named, register_keys
from .models import Member

NONCE: Final = 12
CODE_BYTES: Final = 15
"""120 random bits: nobody guesses a link."""

BESIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
"""What is written beside a name: 王 建国（老王）."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What the register knows of somebody by name; ``words`` say more of the help that they offer."""

    name: str = ""
    phone: str = ""
    words: str = ""


def seal(key: uuid.UUID, contact: Contact) -> tuple[str, bytes]:
    """Return the name of the key in use and what it encrypts; it opens for this entry only."""
    name, nonce = register_keys().current, secrets.token_bytes(NONCE)
    text = json.dumps(asdict(contact), ensure_ascii=False).encode()
    return name, nonce + AESGCM(key_named(name)).encrypt(nonce, text, key.bytes)


def opened(member: Member) -> Contact:
    """Return what is encrypted of an entry; empty where nothing is kept any more."""
    if member.sealed is None:
        return Contact()
    sealed = bytes(member.sealed)
    text = AESGCM(key_named(member.sealed_by)).decrypt(sealed[:NONCE], sealed[NONCE:], member.key.bytes)
    return Contact(**json.loads(text))


def name_hash(name: str) -> bytes:
    """Return the keyed hash by which somebody is found who is called so, whatever blanks and brackets."""
    said = BESIDE.sub("", unicodedata.normalize("NFKC", name))
    written = "".join(said.split()).casefold()
    return hmac.digest(register_keys().blind, f"name\0{written}".encode(), hashlib.sha256)


def code_of(use: str, form: str) -> str:
    """Return the code that a form leads to: sent once more, the same form leads to the same one."""
    raw = hmac.digest(register_keys().blind, f"{use}\0{form}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(raw[:CODE_BYTES]).decode()


def digest(code: str) -> bytes:
    """Return what is stored of a code; 120 random bits need no slow hash."""
    return hashlib.sha256(code.encode()).digest()
