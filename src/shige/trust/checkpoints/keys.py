"""The key of checkpoints and of the journal's stamps: a file outside the database, for its owner only."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..whole_file import write_whole

NAME_BYTES = 8


class KeyFileError(Exception):
    """The key file is missing, or others may read it."""


@dataclass(frozen=True, slots=True)
class CheckpointKeys:
    """Secrets by name; one of them is in use, the others check what was stamped and signed before.

    Parameters
    ----------
    current : bytes
        The name of the key in use: the beginning of the SHA-256 of its public half.
    seeds : dict
        The private half (Ed25519, 32 bytes) by name.
    """

    current: bytes
    seeds: dict[bytes, bytes]
    stamping: dict[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        # One secret serves both ends: who only stamps entries uses what is derived from it.
        derived = {
            name: hmac.digest(seed, b"shige journal stamp", "sha256") for name, seed in self.seeds.items()
        }
        object.__setattr__(self, "stamping", derived)

    def sign(self, content: bytes) -> bytes:
        """Return the signature of the key in use."""
        return Ed25519PrivateKey.from_private_bytes(self.seeds[self.current]).sign(content)

    def public(self) -> dict[bytes, bytes]:
        """Return the public half of every key by name."""
        return {name: public_half(seed) for name, seed in self.seeds.items()}


def public_half(seed: bytes) -> bytes:
    """Return the public half of a private one, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def name_of(public: bytes) -> bytes:
    """Return the name of a key."""
    return hashlib.sha256(public).digest()[:NAME_BYTES]


def read_keys(path: Path) -> CheckpointKeys:
    """Read the key file.

    Raises
    ------
    KeyFileError
        The file is missing or others may read it.
    """
    if not path.exists():
        raise KeyFileError(f"The key of the checkpoints {path} is missing: put it back from its safe place.")
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"Others may read the key of the checkpoints: run chmod 600 {path}")
    held = json.loads(path.read_text())
    seeds = {bytes.fromhex(name): base64.b64decode(seed) for name, seed in held["keys"].items()}
    return CheckpointKeys(bytes.fromhex(held["current"]), seeds)


def make_keys(path: Path) -> CheckpointKeys:
    """Write a key file with one new key."""
    seed = secrets.token_bytes(32)
    made = CheckpointKeys(name_of(public_half(seed)), {name_of(public_half(seed)): seed})
    write_keys(path, made)
    return made


def rotate_keys(path: Path) -> tuple[CheckpointKeys, CheckpointKeys]:
    """Return the keys as they are, and with a new one in use; nothing is written yet."""
    held = read_keys(path)
    seed = secrets.token_bytes(32)
    name = name_of(public_half(seed))
    return held, CheckpointKeys(name, {**held.seeds, name: seed})


def write_keys(path: Path, keys: CheckpointKeys) -> None:
    """Replace the key file in one step, never readable by others, and the public halves beside it."""
    held = {
        "current": keys.current.hex(),
        "keys": {name.hex(): base64.b64encode(seed).decode() for name, seed in keys.seeds.items()},
    }
    write_whole(path, json.dumps(held))
    lines = [base64.b64encode(public).decode() for public in keys.public().values()]
    write_whole(path.with_suffix(".pub"), "\n".join(lines) + "\n", 0o644)
