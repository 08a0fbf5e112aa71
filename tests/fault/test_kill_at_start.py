"""Whatever of the database is killed while the program starts: it starts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.cluster_fixture import copy_data, reachable_folder
from tests.fault.target import Program
from tests.fault.test_whole_program import WHOLE

pytestmark = pytest.mark.fault


def backends(data: Path) -> list[psutil.Process]:
    """Return the processes in which the database of a data folder works for somebody."""
    found = []
    with suppress(OSError, ValueError, psutil.Error):  # no server yet, or none any more
        (file,) = data.glob("postgresql/*/postmaster.pid")
        server = int(file.read_text().split()[0])
        for process in psutil.Process(server).children():
            with suppress(psutil.Error):
                if process.cmdline()[0].startswith("postgres: shige"):
                    found.append(process)
    return found


@contextmanager
def hunting(data: Path, first: float, kills: int, pause: float) -> Iterator[list[int]]:
    """Kill backends for the time of a block: ``first`` seconds after one is seen, then after each pause."""
    killed: list[int] = []
    ended = threading.Event()

    def hunt() -> None:
        while not backends(data) and not ended.wait(0.02):
            pass
        ended.wait(first)
        while not ended.is_set() and len(killed) < kills:
            for process in backends(data)[:1]:
                process.kill()
                killed.append(process.pid)
                ended.wait(pause)
            ended.wait(0.05)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        yield killed
    finally:
        ended.set()
        hunter.join()


def start(data: Path, first: float, kills: int, pause: float) -> int:
    """Start and stop the program while backends are killed; return how many were."""
    program = Program(WHOLE, data)
    try:
        with hunting(data, first, kills, pause) as killed:
            program.start()
        assert program.stop() == 0
    finally:
        program.cleanse()
    return len(killed)


def test_backends_killed_again_and_again_during_the_start_do_not_end_it(made_folder: Path) -> None:
    assert start(made_folder, 0, 4, 2.5) >= 2, "the test itself must hit something"


@pytest.mark.attack
def test_backends_killed_at_any_moment_of_the_start_do_not_end_it(pristine_data: Path) -> None:
    """Twelve moments, each 0.75 s after another's, in four starts that make the tables: so many take long."""
    killed = 0
    for first in (0, 0.75, 1.5, 2.25):
        with reachable_folder() as fresh:
            copy_data(pristine_data, fresh)
            killed += start(fresh, first, 3, 3.0)
    assert killed >= 8
