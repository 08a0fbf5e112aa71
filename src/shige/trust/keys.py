"""Master keys of the vault: a file outside the database, readable by its owner only."""

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .whole_file import write_whole


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The wrapping keys by name, the name of the one in use, and the key of blind indexes."""

    current: str
    wrapping: dict[str, bytes]
    blind: bytes


def read_keys() -> MasterKeys:
    """Read the key file.

    Raises
    ------
    ImproperlyConfigured
        The file is missing or others may read it.
    """
    path: Path = settings.SHIGE_VAULT_KEY_FILE
    if not path.exists():
        raise ImproperlyConfigured(
            f"The vault's key file {path} is missing: put it back from its safe place."
        )
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others may read the vault's key file: run chmod 600 {path}")
    held = json.loads(path.read_text())
    return MasterKeys(
        current=held["current"],
        wrapping={name: base64.b64decode(key) for name, key in held["wrapping"].items()},
        blind=base64.b64decode(held["blind"]),
    )


def make_keys() -> None:
    """Write a key file with one new wrapping key."""
    first = MasterKeys(current="k1", wrapping={"k1": secrets.token_bytes(32)}, blind=secrets.token_bytes(32))
    write_keys(first)


def add_wrapping_key() -> MasterKeys:
    """Add a new wrapping key and make it the one in use; older ones stay until nothing needs them."""
    held = read_keys()
    name = f"k{max(int(known[1:]) for known in held.wrapping) + 1}"
    grown = MasterKeys(name, {**held.wrapping, name: secrets.token_bytes(32)}, held.blind)
    write_keys(grown)
    return grown


def write_keys(keys: MasterKeys) -> None:
    """Replace the key file in one step, never readable by others."""
    path: Path = settings.SHIGE_VAULT_KEY_FILE
    text = json.dumps(
        {
            "current": keys.current,
            "wrapping": {name: base64.b64encode(key).decode() for name, key in keys.wrapping.items()},
            "blind": base64.b64encode(keys.blind).decode(),
        }
    )
    write_whole(path, text)
