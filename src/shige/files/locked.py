"""Files on the disk under the vault: whoever has the disk or a backup, but no key, sees nothing of them (P6).

A locked file begins with ``MARK`` and the id of its data key (8 bytes, big-endian); the rest opens under the
file's own name only. A file of an earlier version of the program lies in the clear and is read as it is.
"""

import os
from pathlib import Path
from typing import Final

from shige.trust.outside_vault import locked_away, taken_out
from shige.trust.whole_file import write_whole

MARK: Final = b"SHIGE\x00\x01\n"
"""No picture, PDF or JSON begins like this."""

KEY_BYTES: Final = 8


def write_locked(path: Path, content: bytes) -> None:
    """Write a file encrypted, whole or not at all; its folder is made where it is missing."""
    key, locked = locked_away(content, path.name)
    write_whole(path, MARK + key.to_bytes(KEY_BYTES, "big") + locked)


def read_unlocked(path: Path) -> bytes:
    """Return the content of a file in the clear; FileNotFoundError where it is gone."""
    held = path.read_bytes()
    if not held.startswith(MARK):
        return held
    start = len(MARK) + KEY_BYTES
    return taken_out(int.from_bytes(held[len(MARK) : start], "big"), held[start:], path.name)


def lock(path: Path) -> bool:
    """Encrypt a file that lies in the clear, keeping its age; say whether it did."""
    held, was = path.read_bytes(), path.stat()
    if held.startswith(MARK):
        return False
    write_locked(path, held)
    os.utime(path, (was.st_atime, was.st_mtime))
    return True
