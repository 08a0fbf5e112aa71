"""Starts processes that end when the process that started them ends, even by SIGKILL."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psutil

from ..database.account import Account

MARK = "SHIGE_SUPERVISED"  # in the environment of all that a supervisor starts, and of their children
_PR_SET_PDEATHSIG = 1
# Looked up here, once: between fork and exec a child may do as little as possible.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    account: Account | None = None,
    farewell: signal.Signals = signal.SIGTERM,
    output: int | IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, tied to the life of the calling thread.

    Parameters
    ----------
    argv, env
        The command and its whole environment.
    account : Account, optional
        Whom it runs as; only for root.
    farewell : Signals
        What the kernel sends it when we die. Only Linux does; elsewhere the next start ends what is left.
    output : file or descriptor, optional
        Where standard output and error go; by default where ours go.
    """
    drop = _privileges(account)
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in argv],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=_tie(os.getpid(), farewell),
        **drop,
    )


def die_with_parent() -> None:
    """Tie the calling worker of a supervised web server to that server's life.

    The leash of `spawn` reaches the server; were it killed, its workers would go on without anyone.
    """
    parent = multiprocessing.parent_process()
    if _prctl is None or parent is None or MARK not in os.environ:
        return
    _prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent.pid:  # died before the call
        os.kill(os.getpid(), signal.SIGKILL)


def _privileges(account: Account | None) -> dict[str, Any]:
    if account is None or os.geteuid() != 0:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": [], "cwd": "/", "umask": 0o077}


def _tie(parent: int, farewell: signal.Signals) -> Callable[[], None]:
    def tie() -> None:
        if _prctl is None:
            return
        _prctl(_PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
        if os.getppid() != parent:  # died between fork and the call
            os._exit(1)

    return tie


def end_group(process: subprocess.Popen[bytes], ask: signal.Signals, patience: float) -> None:
    """End a process from `spawn` and what it has started: ask, wait `patience` seconds, then kill."""
    if process.poll() is None:
        process.send_signal(ask)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    # The group keeps its number for as long as one member lives, so this reaches nobody else.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def end_marked(mark: str) -> list[str]:
    """End every process that carries a supervisor's mark; gives the names of those it found."""
    found = [process for process in psutil.process_iter() if _is_marked(process, mark)]
    names = [_name(process) for process in found]
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(found, timeout=30)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
    return names


def _is_marked(process: psutil.Process, mark: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == mark)
    except psutil.Error:
        return False


def _name(process: psutil.Process) -> str:
    try:
        return f"{process.name()} ({process.pid})"
    except psutil.Error:
        return str(process.pid)
