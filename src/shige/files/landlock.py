"""Shut a process off from the machine that it runs on, for ever, and without rights (Linux's Landlock, 5.13).

What is open stays open. Afterwards no file is opened, run, made, renamed or deleted; from 6.7 no TCP
connection is made; from 6.12 no process outside is signalled. No other process can be looked into either.
"""

import ctypes
import os
import sys
from typing import Final

CREATE_RULESET: Final = 444
RESTRICT_SELF: Final = 446
"""Numbers of system calls, the same on every architecture."""

ASK_VERSION: Final = 1
NO_NEW_PRIVILEGES: Final = 38

FILES: Final = {1: 13, 2: 14, 3: 15, 5: 16}
"""From which version of the interface how many ways of using files are known to it."""

TCP_FROM: Final = 4
SCOPES_FROM: Final = 6


class Ruleset(ctypes.Structure):
    """What is forbidden unless a rule allows it, of files, network and other processes; we give no rule."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


def shut_off() -> bool:
    """Forbid all that this kernel can forbid; say whether it could."""
    if (known := version()) < 1:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rules, size = ruleset(known)
    held = libc.syscall(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if held < 0:
        return False
    try:
        libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.syscall(RESTRICT_SELF, held, 0) == 0)
    finally:
        os.close(held)


def version() -> int:
    """Return the version of the interface that this kernel has; below 1 where it has none."""
    if sys.platform != "linux":
        return 0
    asked = ctypes.CDLL(None, use_errno=True).syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)
    return int(asked)


def ruleset(version: int) -> tuple[Ruleset, int]:
    """Return all that a version of the interface can forbid, and how many bytes of it that version knows."""
    known = max(count for since, count in FILES.items() if since <= version)
    rules = Ruleset(files=(1 << known) - 1)
    if version < TCP_FROM:
        return rules, 8
    rules.network = 0b11
    if version < SCOPES_FROM:
        return rules, 16
    rules.scopes = 0b11
    return rules, 24
