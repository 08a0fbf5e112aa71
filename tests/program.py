"""The whole program, started as an office starts it, on a folder and a loopback port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster_fixture import copy_data, reachable_folder

READY_WITHIN = 600.0
LINK = re.compile(r"^  (\S+) .*(http://\S+/accounts/link/\S+)$")
SHIGE = [sys.executable, "-m", "shige.cli"]


@dataclass
class Running:
    """A started program: its address, its data folder and the sample's sign-in links by role."""

    data: Path
    process: subprocess.Popen[str]
    address: str = ""
    ready: float = 0.0  # on the performance counter, when it began to serve
    links: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def shige(self, *arguments: str, **settings: str) -> str:
        """Run another command of the program on the same data and return what it printed."""
        done = subprocess.run(
            [*SHIGE, *arguments, "--data", str(self.data)],
            env={**environment(), **settings},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def environment() -> dict[str, str]:
    """Return the environment of a fresh shell: nothing of the test run's own settings."""
    ours = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SHIGE_SECRET_KEY", "SHIGE_DATA", "SHIGE_PROFILE"}
    return {name: value for name, value in os.environ.items() if name not in ours}


@contextmanager
def program(*options: str, **settings: str) -> Iterator[Running]:
    """Run `shige up` on an empty folder for the time of a block, and see it stop cleanly on Ctrl-C."""
    with reachable_folder() as data, started(data, *options, **settings) as running:
        yield running


@contextmanager
def copied(source: Path, *options: str) -> Iterator[Running]:
    """Run `shige up` on a copy of a data folder at rest."""
    with reachable_folder() as data:
        copy_data(source, data)
        with started(data, *options) as running:
            yield running


@contextmanager
def started(data: Path, *options: str, **settings: str) -> Iterator[Running]:
    """Run `shige up` on a given folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [*SHIGE, "up", "--data", str(data), "--port", str(port), *options],
            env={**environment(), "SHIGE_PUBLIC_RATE": "0", **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running = Running(data, process)
        try:
            wait_until_ready(running, links="--no-sample" not in options)
            yield running
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(60)
        assert status == 0, "".join(running.lines[-20:])


def wait_until_ready(running: Running, links: bool) -> None:
    """Read what the program prints until it serves, and go on reading so that it never blocks."""
    ready = threading.Event()

    def read() -> None:
        assert running.process.stdout
        for line in running.process.stdout:
            running.lines.append(line)
            if line.startswith("Shige is ready: "):
                running.address, running.ready = line.split(": ", 1)[1].strip(), time.perf_counter()
            elif found := LINK.match(line.rstrip()):
                running.links[found[1]] = found[2]
            if running.address and (running.links or not links):
                ready.set()
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    assert ready.wait(READY_WITHIN) and running.address, "".join(running.lines[-40:])
    if links:
        time.sleep(0.5)  # the links come in one stream; the first one told that they are there
