"""Ends what a server that died by force left behind, before another starts on its files."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

# A fast shutdown writes a checkpoint; an immediate one does not; SIGKILL is what the log recovers from.
_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def end_servers(files: Path) -> None:
    """End every server process that works in `files`, and clear a lock file that names a stranger.

    The caller holds the data folder, so no such process is anyone's any more.
    """
    for step, patience in _STEPS:
        found = list(_servers(files))
        if not found:
            break
        for process in found:
            # Without a postmaster its children end by themselves; with one, it ends them.
            if step == signal.SIGKILL or process.pid == _recorded(files):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(step)
        psutil.wait_procs(found, timeout=patience)
    _clear_stranger(files)


def _servers(files: Path) -> Iterator[psutil.Process]:
    place = str(files.resolve())
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name() == "postgres" and process.cwd() == place:
                yield process


def _recorded(files: Path) -> int:
    try:
        return int((files / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def _clear_stranger(files: Path) -> None:
    # A number that has gone to another program since (common in containers) would stop the server's start.
    pid = _recorded(files)
    if pid and psutil.pid_exists(pid) and pid != os.getpid():
        (files / "postmaster.pid").unlink()
