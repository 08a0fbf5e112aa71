"""Whose turn it is to have files opened: few at a time, one place and one time for all files of a form.

Opening a file takes seconds of work, and whoever sends one needs no account. Without bounds a handful of
forms would hold every thread of the program, and nobody could file a word. So a form waits shortly or is
refused, each sender has one place, and of every process some threads are never spent on files.
"""

import contextlib
import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

AT_ONCE: Final = 3
"""Forms whose files are opened at the same time, in the whole program together."""

OF_PROCESS: Final = 2
"""Threads of one process that open files or wait for it: half of those it has, so that pages go on."""

WAIT: Final = 3.0
"""Seconds that a form waits for a place."""

SECONDS: Final = 30.0
"""For all files of a form together, by the clock."""

POLL: Final = 0.02
BUCKETS: Final = 1024
"""Senders are told apart by so many numbers: two that share one wait for each other, which is rare."""


class NotTriedError(ValidationError):
    """A file was not looked at; it may be sent once more as it is."""


class Turn:
    """The place of one form; it is taken when the first file is opened."""

    def __init__(self, sender: str) -> None:
        self.sender = sender
        self._ends_at: float | None = None
        self._refused = False
        self._held = contextlib.ExitStack()

    def left(self) -> float:
        """Return how many seconds this form still has, and take its place if it has none yet.

        Raises
        ------
        NotTriedError
            No place is free, or its time is over.
        """
        if self._ends_at is None:
            self._take()
        left = (self._ends_at or 0.0) - time.monotonic()
        if left <= 0:
            raise NotTriedError(_("Checking the other files took too long. Please send this one by itself."))
        return left

    def end(self) -> None:
        """Give the place back."""
        self._held.close()

    def _take(self) -> None:
        try:
            if self._refused:  # a form waits once, not once for each of its files
                raise _busy()
            self._held.enter_context(_place(self.sender))
        except NotTriedError:
            self._refused = True
            raise
        self._ends_at = time.monotonic() + SECONDS


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)
_threads = threading.BoundedSemaphore(OF_PROCESS)


@contextlib.contextmanager
def turn_of(sender: str = "") -> Iterator[Turn]:
    """Let all files that are opened within the block share a place and a time; an outer block's holds on.

    Parameters
    ----------
    sender
        Who sends them, such as a network address: each has one place only. Empty for the program itself.
    """
    if (outer := _turn.get()) is not None:
        yield outer
        return
    turn = Turn(sender)
    before = _turn.set(turn)
    try:
        yield turn
    finally:
        _turn.reset(before)
        turn.end()


@contextlib.contextmanager
def _place(sender: str) -> Iterator[None]:
    """Hold one of the places; the kernel frees that of a process which was killed."""
    ends = time.monotonic() + WAIT
    folder = Path(settings.DATA) / "boxes"
    folder.mkdir(parents=True, exist_ok=True)
    places = [folder / str(number) for number in range(AT_ONCE)]
    with _thread(), contextlib.ExitStack() as held:
        with contextlib.ExitStack() as meanwhile:
            if sender:
                own = int.from_bytes(hashlib.sha256(sender.encode()).digest()[:4], "big") % BUCKETS
                # One more form of a sender may wait, as after a second press; a third is refused at once.
                meanwhile.enter_context(_one_of([folder / f"waiting-{own}"], 0.0))
                held.enter_context(_one_of([folder / f"sender-{own}"], ends))
            held.enter_context(_one_of(places, ends))
        yield


@contextlib.contextmanager
def _thread() -> Iterator[None]:
    if not _threads.acquire(blocking=False):
        raise _busy()
    try:
        yield
    finally:
        _threads.release()


@contextlib.contextmanager
def _one_of(paths: list[Path], ends: float) -> Iterator[None]:
    """Hold the lock of one of some files, waiting until ``ends`` on the monotonic clock."""
    while (lock := _free(paths)) is None:
        if time.monotonic() > ends:
            raise _busy()
        time.sleep(POLL)
    try:
        yield
    finally:
        os.close(lock)


def _free(paths: list[Path]) -> int | None:
    for path in paths:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return lock
    return None


def _busy() -> NotTriedError:
    return NotTriedError(
        _("Many files are being checked at this moment. Please send yours again in a minute.")
    )
