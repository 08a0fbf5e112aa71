"""Where compiled loops are kept, so that only the first run waits for the compiler."""

import os
import tempfile
from pathlib import Path


def settle_cache(beside: Path) -> None:
    """Name a folder for numba's files where it would find none that it may write to.

    Numba looks for one beside the source and in the user's own cache, and refuses to compile where a
    program is installed read-only for a user without a home.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    if not (os.environ.get("NUMBA_CACHE_DIR") or _may_write(beside) or _may_write(home)):
        own = Path(tempfile.gettempdir()) / f"shige-numba-{os.getuid()}"
        own.mkdir(mode=0o700, exist_ok=True)
        if own.stat().st_uid != os.getuid():  # compiled code of somebody else is not for running
            own = Path(tempfile.mkdtemp(prefix="shige-numba-"))
        os.environ["NUMBA_CACHE_DIR"] = str(own)


def _may_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or in the nearest folder above it that there is."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return os.access(there, os.W_OK)
