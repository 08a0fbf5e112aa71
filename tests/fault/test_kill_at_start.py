"""Whatever of the database is killed while the program starts: it starts."""

import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.fault.target import Program
from tests.fault.test_whole_program import WHOLE

pytestmark = pytest.mark.fault


def backends(data: Path) -> list[psutil.Process]:
    """Return the processes in which the database of a data folder works for somebody."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "ppid"]):
        command = " ".join(process.info["cmdline"] or ())
        if command.startswith("postgres: shige") and str(data) in servers_of(process):
            found.append(process)
    return found


def servers_of(process: psutil.Process) -> str:
    """Return the command of the server that a backend belongs to."""
    try:
        return " ".join(process.parent().cmdline())
    except (psutil.Error, AttributeError):
        return ""


@pytest.mark.parametrize("kills", [4, pytest.param(30, marks=pytest.mark.attack)])
def test_backends_killed_during_the_start_do_not_end_it(made_folder: Path, kills: int) -> None:
    program, killed, ended = Program(WHOLE, made_folder), [], threading.Event()

    def hunt() -> None:
        while not ended.is_set() and len(killed) < kills:
            for process in backends(made_folder)[:1]:
                process.kill()
                killed.append(process.pid)
                time.sleep(2.5 if kills < 10 else 1.2)  # longer than the longest step, at other moments of it
            time.sleep(0.05)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        program.start()
        ended.set()
        hunter.join()
        assert len(killed) >= 2, "the test itself must hit something"
        assert program.stop() == 0
    finally:
        ended.set()
        program.cleanse()
