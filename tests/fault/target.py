"""What the fault tests need to know of the program whose parts they kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Target:
    """A program under the supervisor: how to start it, write one record and find records again.

    `argv` takes the data folder and the port; `write` gives the key of one acknowledged record;
    `find` gives those of the keys whose records are there.
    """

    name: str
    argv: Callable[[Path, int], Sequence[str]]
    write: Callable[[HTTPConnection], str]
    find: Callable[[HTTPConnection, set[str]], set[str]]


def _write_row(connection: HTTPConnection) -> str:
    connection.request("POST", "/")
    return _body(connection)


def _find_rows(connection: HTTPConnection, keys: set[str]) -> set[str]:
    connection.request("GET", "/")
    return keys & set(_body(connection).split())


def _body(connection: HTTPConnection) -> str:
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise HTTPException(answer.status)
    return text


TINY = Target(
    "tiny",
    lambda data, port: [
        sys.executable,
        str(Path(__file__).with_name("tiny_program.py")),
        str(data),
        str(port),
    ],
    _write_row,
    _find_rows,
)


class Program:
    """One data folder and port, on which a target is started, hurt and started again."""

    def __init__(self, target: Target, data: Path) -> None:
        self.target = target
        self.data = data
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._seen: set[psutil.Process] = set()

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(self.target.argv(self.data, self.port), env=os.environ.copy())
        until(self._answers, lambda: self._process.poll() is None)

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; gives its exit status."""
        self._look()
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(PATIENCE)

    def kill(self, *names: str) -> None:
        """SIGKILL recorded processes."""
        self._look()
        recorded = self.recorded()
        for name in names:
            os.kill(recorded[name], signal.SIGKILL)

    def recorded(self) -> dict[str, int]:
        """The numbers of its processes by name."""
        return json.loads((self.data / "processes.json").read_text())["processes"]

    def left(self) -> list[psutil.Process]:
        """Those of its processes, ever seen, that do not end."""
        self._process.wait(PATIENCE)
        return psutil.wait_procs(self._seen, timeout=PATIENCE)[1]

    def find(self, keys: set[str]) -> set[str]:
        """Those of the keys whose records are there."""
        return self.target.find(HTTPConnection("127.0.0.1", self.port, timeout=60), keys)

    def cleanse(self) -> None:
        """End what a failed test left."""
        self._look()
        for process in sorted(self._seen, key=psutil.Process.create_time):  # parents first: they start again
            if process.is_running():
                process.kill()
        self._process.wait()

    def _look(self) -> None:
        if self._process.poll() is None:
            supervisor = psutil.Process(self._process.pid)
            self._seen |= {supervisor, *supervisor.children(recursive=True)}

    def _answers(self) -> bool:
        try:
            if self.recorded()["supervisor"] != self._process.pid:
                return False
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except OSError:
            return False


class Writer:
    """Writes records from two threads for as long as it lives, through every failure."""

    def __init__(self, program: Program) -> None:
        self.acknowledged: set[str] = set()
        self.failures = 0
        self._program = program
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(2)]

    def wait_for(self, more: int) -> None:
        """Wait until so many more records are acknowledged."""
        wanted = len(self.acknowledged) + more
        until(lambda: len(self.acknowledged) >= wanted)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write for the time of a block."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in self._threads:
                thread.join()

    def _write(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._program.port, timeout=10)
        while not self._ended.is_set():
            try:
                self.acknowledged.add(self._program.target.write(connection))
            except (OSError, HTTPException):
                self.failures += 1
                connection.close()
                time.sleep(0.02)


def until(wanted: Callable[[], bool], possible: Callable[[], bool] = lambda: True) -> None:
    """Wait for something; fails when it is no longer possible or takes longer than `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    while not wanted():
        assert possible(), "the program has ended"
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
