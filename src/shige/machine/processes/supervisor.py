"""One process that starts the services of the program, starts again what dies, and ends them all together."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import FrameType, TracebackType
from typing import Self

import click

from shige.trust.whole_file import write_whole

from ..database.account import Account
from ..refusal import Refusal
from .leash import MARK, end_group, end_marked, spawn

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TICK = 0.1
_READY_WITHIN = 600.0  # a large database recovers for minutes after a hard stop
_STEADY_AFTER = 60.0
_LONGEST_DELAY = 30.0
_TRIES = 8
_RECORD_AGAIN = 5.0

COME_AGAIN = os.EX_TEMPFAIL
"""Status of a task that the database broke off: it may succeed a moment later."""


@dataclass(frozen=True, slots=True)
class Service:
    """A process that is meant to run for as long as the program does.

    Parameters
    ----------
    name : str
        For messages and for the record of processes.
    argv, env
        The command and its environment.
    is_ready : callable
        Whether it does its work; asked at the first start only.
    before : callable
        Done before each start, also after a death.
    stop : Signals
        Asks it to end; the kernel sends the same when the supervisor is killed.
    patience : float
        Seconds it has to end before it is killed.
    account : Account, optional
        Whom it runs as, for root.
    last : bool
        Whether it ends only after those that may still have work for it.
    """

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str]
    is_ready: Callable[[], bool]
    before: Callable[[], None] = lambda: None
    stop: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    account: Account | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """A command that runs once, to its end, before the services that need it."""

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str]


class Stopping(Exception):  # noqa: N818
    """The person or the system asked the program to stop."""


@dataclass(slots=True)
class _Running:
    service: Service
    process: subprocess.Popen[bytes]
    since: float
    failures: int = 0
    due: float | None = None  # when it starts again, after a death


class Supervisor:
    """Runs services over one data folder, which the caller holds (`lock.hold`).

    Use as a context: on entry it ends what a killed supervisor left behind; on exit, by whatever cause,
    it ends all that it started: those that are not the last ones together, then the last ones, and at the end
    the first service, on which the others stand.
    SIGINT, SIGTERM and SIGHUP leave the block quietly.
    """

    def __init__(self, data: Path) -> None:
        self._record = data / "processes.json"
        self._mark = secrets.token_hex(16)
        self._running: list[_Running] = []
        self._asked = Event()
        self._unrecorded: float | None = None  # since when the record could not be written

    def __enter__(self) -> Self:
        self._end_leftovers()
        for number in _SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
                signal.signal(number, self._ask)
        self._write_record()
        if self._unrecorded is not None:
            raise Refusal(f"{self._record} cannot be written: make room on the disk.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        first, others = self._running[:1], self._running[1:]
        self._stop([running for running in others if not running.service.last])
        self._stop([running for running in others if running.service.last])
        self._stop(first)
        self._record.unlink(missing_ok=True)
        return kind is not None and issubclass(kind, Stopping)

    def start(self, service: Service) -> None:
        """Start a service and wait until it is ready.

        Raises
        ------
        Refusal
            It ended instead, or was not ready in ten minutes.
        """
        service.before()
        running = _Running(service, self._spawn(service), time.monotonic())
        self._running.append(running)
        self._write_record()
        tries = 0
        while not service.is_ready():
            if running.due is None and running.process.poll() is not None:
                # Somebody killed it, which says nothing of whether it can start.
                tries += running.process.returncode == -signal.SIGKILL
                if running.process.returncode != -signal.SIGKILL or tries > _TRIES:
                    raise Refusal(f"{service.name} did not start: its reason stands in the lines above.")
            self._look_after_all()
            if time.monotonic() - running.since > _READY_WITHIN:
                raise Refusal(f"{service.name} was not ready within {_READY_WITHIN:.0f} s.")
            self._pause()

    def run(self, task: Errand) -> None:
        """Run a task to its end, once more where the database broke it off; Refusal when it fails."""
        for attempt in range(1, _TRIES + 1):
            status = self._run_once(task)
            if status != COME_AGAIN:
                break
            self._wait(0.5 * attempt)
        if status:
            raise Refusal(f"{task.name} failed: its reason stands in the lines above.")

    def repeat(self, step: Callable[[], None], broken: type[Exception]) -> None:
        """Do a step of our own, once more where the database broke it off by raising ``broken``."""
        for attempt in range(1, _TRIES):
            try:
                return step()
            except broken as error:
                say(f"the database broke off: {error}".strip())
            self._wait(0.5 * attempt)
        return step()

    def watch(self) -> None:
        """Start again what dies, until asked to stop."""
        while True:
            self._look_after_all()
            self._pause()

    def _run_once(self, task: Errand) -> int:
        process = spawn(task.argv, env=self._marked(task.env))
        try:
            while process.poll() is None:
                self._look_after_all()
                self._pause()
        finally:
            end_group(process, signal.SIGTERM, 5.0)
        return COME_AGAIN if process.returncode == -signal.SIGKILL else process.returncode

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._look_after_all()
            self._pause()

    def _look_after_all(self) -> None:
        for running in self._running:
            self._look_after(running)
        if self._unrecorded is not None and time.monotonic() - self._unrecorded > _RECORD_AGAIN:
            self._write_record()

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.due is not None:
            if now >= running.due:
                self._start_again(running)
        elif running.process.poll() is not None:
            self._bury(running, now)

    def _bury(self, running: _Running, now: float) -> None:
        # What it had started itself (workers of the web server) must free its place first.
        end_group(running.process, signal.SIGKILL, 5.0)
        self._put_off(running, now, f"ended ({ending(running.process.returncode)})")

    def _put_off(self, running: _Running, now: float, what: str) -> None:
        if now - running.since > _STEADY_AFTER:
            running.failures = 0
        delay = min(0.25 * 2**running.failures, _LONGEST_DELAY)
        running.failures += 1
        running.due = now + delay
        say(f"{running.service.name} {what}, again in {delay:g} s")

    def _start_again(self, running: _Running) -> None:
        try:
            running.service.before()
            running.process = self._spawn(running.service)
        except (OSError, Refusal) as error:  # no room, no memory: there may be some a little later
            self._put_off(running, time.monotonic(), f"cannot start ({error})")
            return
        running.since, running.due = time.monotonic(), None
        self._write_record()

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        return spawn(
            service.argv, env=self._marked(service.env), account=service.account, farewell=service.stop
        )

    def _marked(self, env: Mapping[str, str]) -> dict[str, str]:
        return {**env, MARK: self._mark}

    def _stop(self, chosen: Sequence[_Running]) -> None:
        for running in chosen:
            if running.process.poll() is None:
                running.process.send_signal(running.service.stop)
        for running in chosen:
            end_group(running.process, running.service.stop, running.service.patience)

    def _pause(self) -> None:
        if self._asked.wait(_TICK):
            raise Stopping

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()

    def _write_record(self) -> None:
        processes = {running.service.name: running.process.pid for running in self._running}
        record = {"mark": self._mark, "processes": {"supervisor": os.getpid(), **processes}}
        try:
            write_whole(self._record, json.dumps(record, indent=1))
            self._unrecorded = None
        except OSError as error:
            # What was written before still carries our mark, by which the next start ends what is left.
            if self._unrecorded is None:
                say(f"the record of processes cannot be written: {error.strerror}")
            self._unrecorded = time.monotonic()

    def _end_leftovers(self) -> None:
        # By a mark in their environment, not by number: numbers are given again, after a reboot or in
        # another container, and these may be descendants of a service that we never saw.
        try:
            mark = json.loads(self._record.read_text())["mark"]
        except FileNotFoundError:
            return
        for name in end_marked(mark):
            say(f"{name} was left behind by a killed supervisor and has been ended")


def say(message: str) -> None:
    """Tell the person at the terminal (or the system's journal) what the supervisor does."""
    with suppress(OSError):  # a log on a full disk, or nobody who reads any more
        click.echo(f"shige    | {message}", file=sys.stderr)


def ending(code: int) -> str:
    """Put an exit status into words.

    >>> ending(-9), ending(2)
    ('killed by SIGKILL', 'status 2')
    """
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"status {code}"
