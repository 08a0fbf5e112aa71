"""The list of what people had deleted: signed lines, each of which vouches for all that stands before it.

A restore deletes again what is on it. Whoever can write to the file could else bring back what somebody had
deleted, or have things deleted that nobody asked for. That its end was cut off the checkpoints tell: they say
how long the list was.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .keys import CheckpointKeys


class ErasedError(Exception):
    """The list is not what the program has written."""


def append_erased(path: Path, keys: CheckpointKeys, told: Iterable[Mapping[str, str]]) -> None:
    """Add signed lines, on the disk when it returns; several processes may do it at once.

    Raises
    ------
    OSError
        There is no room on the disk, for example.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held = file.read()
        end = b"\n" if held and not held.endswith(b"\n") else b""  # a process died in the middle of a line
        before, added = hashlib.sha256(held + end), [end]
        for one in told:
            text = _signed(keys, {**one, "before": before.hexdigest(), "key": keys.current.hex()}) + b"\n"
            before.update(text)
            added.append(text)
        file.write(b"".join(added))
        file.flush()
        os.fsync(file.fileno())


def count_unsigned(path: Path) -> int:
    """Return how many lines a list has of which none is signed; 0 where one is, or where there is no list."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    return 0 if any("signature" in (_line(text) or {}) for text in lines) else len(lines)


def check_erased(path: Path, public: Mapping[bytes, bytes], length: Mapping[str, Any] | None = None) -> None:
    """Make sure that a list is whole and was written by somebody who holds a known key.

    Parameters
    ----------
    public
        The public halves of the keys that may have signed it, by name.
    length
        What the last checkpoint tells of it (``length_of``); None where none tells anything.

    Raises
    ------
    ErasedError
        A line was changed, taken out or put in, or the list is shorter than it was.
    """
    held = path.read_bytes() if path.exists() else b""
    if length and hashlib.sha256(held[: length["bytes"]]).hexdigest() != length["sha256"]:
        raise ErasedError(f"the list of deletions {path} is shorter than the checkpoints say, or changed")
    before, signed = hashlib.sha256(), False
    for number, text in enumerate(held.splitlines(keepends=True), 1):
        line = _line(text)
        if line is not None and (signed or "signature" in line):
            if not _fits(line, before.hexdigest(), public):
                raise ErasedError(f"line {number} of the list of deletions {path} is not as it was written")
            signed = True
        before.update(text)
    if held and not signed:
        raise ErasedError(
            f"the list of deletions {path} is not signed "
            "(one of an earlier version is signed when the program is started once)"
        )


def length_of(path: Path) -> dict[str, object]:
    """Return what a checkpoint says of the list: how long it is, and the SHA-256 of that."""
    held = path.read_bytes() if path.exists() else b""
    return {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}


def _signed(keys: CheckpointKeys, line: Mapping[str, str]) -> bytes:
    signature = base64.b64encode(keys.sign(_content(line))).decode()
    return json.dumps({**line, "signature": signature}).encode()


def _content(line: Mapping[str, Any]) -> bytes:
    return b"shige erased " + json.dumps(dict(line), sort_keys=True).encode()


def _line(text: bytes) -> dict[str, Any] | None:
    """Return a line; None for one that was broken off."""
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _fits(line: dict[str, Any], before: str, public: Mapping[bytes, bytes]) -> bool:
    said = {name: value for name, value in line.items() if name != "signature"}
    try:
        key = Ed25519PublicKey.from_public_bytes(public[bytes.fromhex(line["key"])])
        key.verify(base64.b64decode(line["signature"]), _content(said))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return bool(line["before"] == before)
