"""The inside of a box: what a program that opens a stranger's file may use, and how it hands over the result.

Such a program reads the file from standard input and writes one line of JSON and then bytes to standard
output. Anything else that a library says goes nowhere.
"""

import json
import resource
import sys
from typing import Any, Final

LOCKED: Final = 3
"""Exit status for a file that only a password opens."""

UNREADABLE: Final = 4
TOO_LARGE: Final = 5
"""It would need more than it may: pixels, cells or memory."""

SECONDS: Final = 20
"""Of work; the kernel ends the program then."""

MOST_WRITTEN: Final = 256 * 2**20
"""Bytes that it may hand over."""


def enter(memory: int) -> bytes:
    """Give up what is not needed, then return the file; ``memory`` is in bytes of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.stdin.buffer.read()


def hand_over(about: dict[str, Any], *parts: bytes) -> None:
    """Write what was read: what is said about it, and its parts."""
    head = json.dumps({"about": about, "sizes": [len(part) for part in parts]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(parts))
    sys.stdout.buffer.flush()
