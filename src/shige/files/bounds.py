"""The inside of a box: what a program that opens a stranger's file may use, and how it hands over the result.

Such a program reads the file from standard input and writes one line of JSON and then bytes to standard
output. Anything else that a library says goes nowhere.
"""

import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any, Final

from .landlock import shut_off

LOCKED: Final = 3
"""Exit status for a file that only a password opens."""

UNREADABLE: Final = 4
TOO_MANY: Final = 5
"""It has more pixels, pages or cells than are read."""

TOO_LARGE: Final = 6
"""It would need more memory than it may, or hand over more."""

TOO_SLOW: Final = 7
"""It took longer than it may. The program itself does not live to say so: ``box`` says it."""

SECONDS: Final = 20
"""Of work; the kernel ends the program then."""

NOBODY: Final = 65534
"""Whom a program that was started by root becomes."""

GIVING_WAY: Final = 10
"""How much its work comes after that of pages, as ``nice`` has it."""

MOST_WRITTEN: Final = 256 * 2**20
"""Bytes that it may hand over."""


class LockedError(Exception):
    """Only a password opens the file."""


class TooManyError(Exception):
    """It has more pixels, pages or cells than are read."""


class TooLargeError(Exception):
    """What came out is more than may be handed over."""


def serve(
    memory: int,
    read: Callable[[bytes], tuple[dict[str, Any], list[bytes]]],
    damaged: tuple[type[Exception], ...],
    load: Callable[[bytes], None] | None = None,
    seconds: int = SECONDS,
) -> int:
    """Read standard input within bounds; return the exit status.

    Parameters
    ----------
    memory
        Bytes of address space.
    read
        Gives what is said about the file, and its parts.
    damaged
        What it raises on a file that cannot be read.
    load
        Loads what reading this file needs: afterwards nothing can be opened any more.
    seconds
        Of work.
    """
    try:
        content = enter(memory, seconds)
        if load is not None:
            load(content)
        shut()
        about, parts = read(content)
        hand_over(about, *parts)
    except LockedError:
        return LOCKED
    except TooManyError:
        return TOO_MANY
    except (TooLargeError, MemoryError):
        return TOO_LARGE
    except damaged:
        return UNREADABLE
    return 0


def enter(memory: int, seconds: int = SECONDS) -> bytes:
    """Give up what is not needed, then return the file; ``memory`` is in bytes of address space."""
    os.nice(GIVING_WAY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # the first limit tells why
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.stdin.buffer.read()


def shut() -> None:
    """Give up every way out but what is open already: a decoder taken over by its file reaches nothing.

    Where the kernel has no Landlock it can do what its account may without opening anything: delete, signal.
    """
    shut_off()
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # a root that may not become anybody else
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def hand_over(about: dict[str, Any], *parts: bytes) -> None:
    """Write what was read: what is said about it, and its parts; all of it or nothing."""
    if sum(map(len, parts)) > MOST_WRITTEN:
        raise TooLargeError
    head = json.dumps({"about": about, "sizes": [len(part) for part in parts]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(parts))
    sys.stdout.buffer.flush()
