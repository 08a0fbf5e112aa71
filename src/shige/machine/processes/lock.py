"""One process at a time runs the services of a data folder."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..refusal import Refusal


class InUse(Refusal):
    """Another process holds the data folder."""


@contextmanager
def hold(data: Path) -> Iterator[None]:
    """Hold the data folder for the time of a block.

    The kernel releases the lock when the holder dies, however it dies, so it is never stale.

    Raises
    ------
    InUse
        Another process holds it; the message names that process.
    """
    with (data / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise InUse(f"The data folder {data} is in use by process {file.read().strip()}.") from None
        file.truncate(0)
        file.write(f"{os.getpid()} ({Path(sys.argv[0]).name} {' '.join(sys.argv[1:2])})")
        file.flush()
        yield
