"""Why nothing can be kept at this moment: no room on the disk, or no database."""

from typing import Literal

from django.db import InterfaceError, OperationalError

from shige.trust.whole_file import is_full

Want = Literal["room", "database"]

DISK_FULL = "53100"
"""PostgreSQL's code for a disk without room (its manual, appendix A)."""


def wanting(error: BaseException | None) -> Want | None:
    """Return what is wanting where a fault is none of the program; an error's causes count."""
    chain = []
    while error is not None:
        chain.append(error)
        error = error.__cause__
    if any(_is_full(one) for one in chain):
        return "room"
    if any(isinstance(one, OperationalError | InterfaceError) and _is_unreachable(one) for one in chain):
        return "database"
    return None


def _is_full(error: BaseException) -> bool:
    return getattr(error, "sqlstate", "") == DISK_FULL or (isinstance(error, OSError) and is_full(error))


def _is_unreachable(error: OperationalError | InterfaceError) -> bool:
    """Say whether a connection failed: it has no code of the server's, or one of an ending or full server."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(("08", "53", "57P"))
