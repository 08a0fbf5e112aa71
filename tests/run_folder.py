"""What is made once for a whole test run, by whichever of its processes needs it first."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

RUN: Final = "SHIGE_TEST_RUN"
"""Names the folder of a run to the processes that pytest-xdist starts."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder before any other process is started."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="shige-run-", dir="/tmp")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the folder away after all others have ended."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUN))


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is filled once for the run, while others wait; nobody writes into it later."""
    place = Path(os.environ[RUN]) / name
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            part = place.with_suffix(".part")
            part.mkdir()
            make(part)
            part.rename(place)
    return place
