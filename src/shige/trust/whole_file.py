"""Files that are written whole or not at all: nobody ever finds half of one, not even after a kill."""

import errno
import os
import secrets
from pathlib import Path
from typing import Final

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""How a system says that there is no room: on the disk, in a quota, within a limit on files."""


def write_whole(path: Path, content: str | bytes, mode: int = 0o600) -> None:
    """Write a file and its content down to the disk, then give it its name; the folder is made where missing.

    Parameters
    ----------
    mode
        Who may read it, from its first byte on.

    Raises
    ------
    OSError
        There is no room, for example: what stood under this name before still stands there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def is_full(error: OSError) -> bool:
    """Say whether a file could not be written for want of room."""
    return error.errno in FULL
