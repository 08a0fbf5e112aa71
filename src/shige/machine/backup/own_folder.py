"""A folder beside a file that is being put together; what a killed process left of one is cleared away."""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PREFIX: Final = ".shige-"
LOCK: Final = "lock"
_LOCKING: Final = "locking"
_BEFORE_LOCKS: Final = frozenset({"tables", "backup.tar", _LOCKING})
"""What lay in such a folder before it carried a lock."""

_OLD: Final = 24 * 3600.0


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """Give a folder of ours alone on the file system of ``parent``, so that moving out of it is atomic.

    It is removed at the end of the block. One whose process was killed is removed by the next call here:
    the kernel lets go of its lock, however the process ended.
    """
    sweep(parent)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent) as name:
        folder = Path(name)
        with (folder / _LOCKING).open("w") as file:
            with suppress(OSError):  # a file system without locks: then nobody takes it for left behind
                fcntl.flock(file, fcntl.LOCK_EX)
            (folder / _LOCKING).rename(folder / LOCK)  # under this name it was never seen without its lock
            yield folder


def sweep(parent: Path) -> None:
    """Remove the folders in ``parent`` that nobody works in any more."""
    for folder in parent.glob(f"{PREFIX}{'[a-z0-9_]' * 8}"):
        with suppress(OSError):  # not ours to look into, or gone meanwhile
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    lock = folder / LOCK
    if not lock.exists():
        within = {path.name for path in folder.iterdir()}
        return within <= _BEFORE_LOCKS and folder.stat().st_mtime < time.time() - _OLD
    with lock.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError while somebody works in it
    return True
