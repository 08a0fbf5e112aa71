"""The key of the members' register: a file of its own, so that the vault's key opens nothing here."""

import base64
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shige.trust.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """The keys by name, the name of the one in use, and the key of hashes and links."""

    current: str
    by_name: dict[str, bytes]
    blind: bytes


@lru_cache(maxsize=1)
def register_keys() -> RegisterKeys:
    """Return the key file's content, read once for each process.

    Raises
    ------
    ImproperlyConfigured
        The file is missing or others may read it.
    """
    path: Path = settings.SHIGE_MEMBERS_KEY_FILE
    if not path.exists():
        raise ImproperlyConfigured(
            f"The key file of the members' register {path} is missing: put it back from its safe place."
        )
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others may read the register's key file: run chmod 600 {path}")
    held = json.loads(path.read_text())
    return RegisterKeys(
        current=held["current"],
        by_name={name: base64.b64decode(key) for name, key in held["keys"].items()},
        blind=base64.b64decode(held["blind"]),
    )


def key_named(name: str) -> bytes:
    """Return a key; one that another process has put in use since this one read the file is read now."""
    if name not in register_keys().by_name:
        register_keys.cache_clear()
    return register_keys().by_name[name]


def make_keys() -> None:
    """Write a key file with one new key."""
    _write(RegisterKeys("k1", {"k1": secrets.token_bytes(32)}, secrets.token_bytes(32)))


def add_key() -> None:
    """Put a new key in use; older ones stay, as backups need them."""
    held = register_keys()
    name = f"k{len(held.by_name) + 1}"
    _write(RegisterKeys(name, {**held.by_name, name: secrets.token_bytes(32)}, held.blind))


def check_keys() -> None:
    """Make the key file of an empty register; SystemExit where entries exist without it."""
    from .apart import register_open
    from .models import Member

    if settings.SHIGE_MEMBERS_KEY_FILE.exists():
        register_keys()
        return
    with register_open():
        if Member.objects.exclude(sealed=None).exists():
            raise SystemExit(
                f"The members' register holds data, but its key file {settings.SHIGE_MEMBERS_KEY_FILE} is "
                "missing: put it back."
            )
    make_keys()


def _write(keys: RegisterKeys) -> None:
    text = {
        "current": keys.current,
        "keys": {name: base64.b64encode(key).decode() for name, key in keys.by_name.items()},
        "blind": base64.b64encode(keys.blind).decode(),
    }
    write_whole(settings.SHIGE_MEMBERS_KEY_FILE, json.dumps(text))
    register_keys.cache_clear()
